// One's own sound and picture: nobody but oneself opens them, and what was closed stays closed,
// also when the line was down while it was said (P8).

import { Own } from "../../web/static/js/call/own.js"
import { deepEqual, equal, test } from "./harness/test.mjs"

function atHome() {
  const devices = {
    microphone: null,
    camera: null,
    screen: null,
    isVeiled: false,
    openMicrophone: async () => (devices.microphone ??= { enabled: true }),
    openCamera: async () => (devices.camera ??= { enabled: true }),
    closeCamera: () => (devices.camera = null),
    closeAll: () => (devices.camera = devices.microphone = devices.screen = null),
  }
  const carried = { microphone: null, camera: null, screen: null }
  const connection = { carry: (tracks) => Object.assign(carried, tracks) }
  const told = []
  const line = { tell: (type, { on, veiled }) => told.push(`${type} ${on ? "on" : "off"}${veiled ? " veiled" : ""}`) }
  return { own: new Own(devices, connection, line), devices, line, carried, told }
}

async function inACall() {
  const home = atHome()
  await home.own.turn("microphone", true)
  await home.own.turn("camera", true)
  home.own.follow({ microphone: true, camera: true }, "call")
  home.told.length = 0
  return home
}

test("what is open here flows once the server says so, and not before", async () => {
  const { own, devices, carried } = atHome()
  await own.turn("microphone", true)
  equal(carried.microphone, null)
  own.follow({ microphone: true, camera: false }, "call")
  equal(carried.microphone, devices.microphone)
  equal(devices.microphone.enabled, true)
})

test("muted on a dead line is muted: the state of the new one does not open it again", async () => {
  const { own, devices, carried, told } = await inACall()
  await own.turn("microphone", false)
  equal(carried.microphone, null)
  own.forget() // a new line: what was told on the old one may be lost
  own.follow({ microphone: true, camera: true }, "call")
  equal(devices.microphone.enabled, false)
  equal(carried.microphone, null)
  deepEqual(told, ["microphone off", "microphone off"]) // said again, as nobody heard it
  own.follow({ microphone: false, camera: true }, "call")
  own.follow({ microphone: true, camera: true }, "call")
  equal(carried.microphone, null)
})

test("a camera that was shut on a dead line stays shut", async () => {
  const { own, devices, carried, told } = await inACall()
  await own.turn("camera", false)
  own.forget()
  own.follow({ microphone: true, camera: true }, "call")
  equal(devices.camera, null)
  equal(carried.camera, null)
  deepEqual(told, ["camera off", "camera off"])
})

test("one's own press opens again what one's own press closed", async () => {
  const { own, devices, carried } = await inACall()
  await own.turn("microphone", false)
  own.follow({ microphone: false, camera: true }, "call")
  await own.turn("microphone", true)
  own.follow({ microphone: true, camera: true }, "call")
  equal(carried.microphone, devices.microphone)
  equal(devices.microphone.enabled, true)
})

test("nothing opens that was never opened here", () => {
  const { own, carried, told } = atHome()
  own.follow({ microphone: true, camera: true }, "call")
  deepEqual(carried, { microphone: null, camera: null, screen: null })
  deepEqual(told, ["microphone off", "camera off"])
})

test("in a pause nothing flows, and afterwards what did before", async () => {
  const { own, devices, carried } = await inACall()
  own.follow({ microphone: true, camera: true }, "paused")
  deepEqual(carried, { microphone: null, camera: null, screen: null })
  equal(devices.microphone.enabled, false)
  own.follow({ microphone: true, camera: true }, "call")
  equal(carried.microphone, devices.microphone)
})

test("what was muted in a call can be tried again before the next", async () => {
  const { own, devices, carried } = await inACall()
  await own.turn("microphone", false)
  own.follow({ microphone: false, camera: false }, "outside")
  equal(devices.microphone.enabled, true)
  equal(carried.microphone, null)
  own.bring()
  own.follow({ microphone: true, camera: false }, "call")
  equal(carried.microphone, devices.microphone)
})

test("the screen goes out while the server says so, and a pause or leaving stops it here first", async () => {
  const { own, devices, carried } = await inACall()
  devices.screen = { enabled: true }
  own.follow({ microphone: true, camera: true, screen: false }, "room")
  equal(carried.screen, null)
  own.follow({ microphone: true, camera: true, screen: true }, "room")
  equal(carried.screen, devices.screen)
  own.follow({ microphone: true, camera: true, screen: true }, "paused")
  equal(carried.screen, null)
  own.stop()
  equal(devices.screen, null)
})

test("a picture that is blurred, or sharp again, is told as that: the server forwards by it", async () => {
  const { own, devices, told } = atHome()
  devices.isVeiled = true
  await own.turn("camera", true)
  deepEqual(told, ["camera on veiled"])
  own.follow({ microphone: false, camera: true }, "call")
  equal(told.length, 1)
  devices.isVeiled = false
  own.follow({ microphone: false, camera: true }, "call")
  own.follow({ microphone: false, camera: true }, "call")
  deepEqual(told, ["camera on veiled", "camera on"])
})

test("what was blurred while it was tried goes along blurred", async () => {
  const { own, devices, told } = atHome()
  devices.camera = { enabled: true }
  devices.isVeiled = true
  own.bring()
  deepEqual(told, ["camera on veiled"])
})

test("shut again, or paused, while the browser asks whether it may: it stays shut", async () => {
  for (const shuts of [(own) => own.turn("camera", false), (own) => own.pause(), (own) => own.stop()]) {
    const { own, devices, line, told } = atHome()
    let allowed = () => {}
    devices.openCamera = () => new Promise((done) => (allowed = done))
    line.ask = async () => {}
    const opening = own.turn("camera", true)
    await shuts(own)
    allowed()
    await opening
    deepEqual(told.filter((words) => words !== "camera off"), [])
  }
})
