// Nothing opens by itself, and what is closed is really stopped, however long the browser took to
// ask whether it may open it (P8, W11).

import { Devices } from "../../web/static/js/call/devices.js"
import { deepEqual, equal, test } from "./harness/test.mjs"

// The browser's own camera and microphone, which open only when they are `allowed` to.
function asked() {
  const opened = []
  let allowed = () => {}
  const permission = new Promise((done) => (allowed = done))
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  const open = async (wish) => {
    await permission
    const stream = await real(wish)
    opened.push(...stream.getTracks())
    return stream
  }
  Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value: open, configurable: true })
  return { devices: new Devices(), opened, allowed }
}

const states = (tracks) => tracks.map(({ readyState }) => readyState)

test("closed while the browser still asks, it does not open afterwards", async () => {
  const { devices, opened, allowed } = asked()
  const opening = [devices.openCamera(), devices.openMicrophone()]
  devices.closeAll()
  allowed()
  await Promise.all(opening)
  deepEqual([devices.camera, devices.microphone], [null, null])
  deepEqual(states(opened), ["ended", "ended"])
})

test("closed and opened anew while the browser still asks, one is open", async () => {
  const { devices, opened, allowed } = asked()
  const first = devices.openCamera()
  devices.closeCamera()
  const second = devices.openCamera()
  allowed()
  await Promise.all([first, second])
  deepEqual(states(opened).sort(), ["ended", "live"])
  equal(devices.camera.readyState, "live")
  devices.closeAll()
  deepEqual(states(opened), ["ended", "ended"])
})

test("two presses at once open one camera, blurred or not, and closing it closes all", async () => {
  for (const isVeiled of [false, true]) {
    const { devices, opened, allowed } = asked()
    await devices.veil(isVeiled)
    const opening = [devices.openCamera(), devices.openCamera()]
    allowed()
    await Promise.all(opening)
    deepEqual(states(opened).sort(), ["ended", "live"])
    devices.closeCamera()
    deepEqual(states(opened), ["ended", "ended"])
  }
})
