// How an end shows up: which face is large, how good a line is, sound first, and a veiled picture.

import { Devices } from "../../web/static/js/call/devices.js"
import { LineFigures } from "../../web/static/js/call/line-figures.js"
import "../../web/static/js/elements/own-line.js"
import { arrange } from "../../web/static/js/lib/layout.js"
import { LineLevel } from "../../web/static/js/lib/line-level.js"
import { deepEqual, equal, ok, test } from "./harness/test.mjs"

const GOOD = { lost: 0, delay: 0.05, room: Infinity, way: "fine" }
const room = (given) =>
  arrange({ seats: ["1", "2"], screens: [], speaker: "", before: "", wish: "", ...given })

test("whoever speaks is large, and stays so until somebody else does", () => {
  deepEqual(room({ speaker: "2" }), { layout: "speaker", large: "2" })
  deepEqual(room({ speaker: "9", before: "2" }), { layout: "speaker", large: "2" })
  deepEqual(room({ before: "9" }), { layout: "speaker", large: "1" })
})

test("many are all alike, unless somebody wishes otherwise", () => {
  const seats = ["1", "2", "3", "4"]
  deepEqual(room({ seats }), { layout: "grid", large: "" })
  deepEqual(room({ seats, wish: "speaker", speaker: "3" }), { layout: "speaker", large: "3" })
  deepEqual(room({ wish: "grid" }), { layout: "grid", large: "" })
  deepEqual(room({ seats: ["1"], wish: "grid" }), { layout: "speaker", large: "1" })
})

test("a screen that is shown is large whatever anybody wished", () => {
  deepEqual(room({ screens: ["1"], wish: "grid" }), { layout: "speaker", large: "screen:1" })
})

test("a line has to be bad for a while, and good for longer", () => {
  const line = new LineLevel()
  const at = (now, look) => line.look(now, { ...GOOD, ...look })
  equal(at(0, { lost: 0.08 }), "fine")
  equal(at(2000, {}), "fine")
  equal(at(4000, { lost: 0.08 }), "fine")
  equal(at(8000, { lost: 0.08 }), "weak")
  equal(at(10_000, {}), "weak")
  equal(at(20_000, {}), "weak")
  equal(at(22_000, {}), "fine")
})

test("what the server says of the way down counts as much as what the browser counts", () => {
  const line = new LineLevel()
  for (const now of [0, 4000]) line.look(now, { ...GOOD, way: "poor" })
  equal(line.level, "poor")
})

const report = (...entries) => new Map(entries.map((entry, index) => [index, entry]))
const inbound = (packetsLost, packetsReceived) => ({
  type: "inbound-rtp", kind: "audio", packetsLost, packetsReceived,
})

test("little room alone is no weak line: the computer may be busy", () => {
  const line = new LineLevel()
  for (const now of [0, 4000]) line.look(now, { ...GOOD, room: 50_000 })
  equal(line.level, "fine")
  for (const now of [6000, 10_000]) line.look(now, { ...GOOD, room: 50_000, delay: 0.5 })
  equal(line.level, "poor")
})

test("losses count between two looks, and a new connection begins anew", () => {
  const figures = new LineFigures()
  figures.read(report(inbound(10, 1000)), false)
  equal(figures.read(report(inbound(20, 1090)), false).lost, 0.1)
  equal(figures.read(report(inbound(0, 40)), false).lost, 0)
  equal(figures.read(report(inbound(1, 42)), false).lost, 0)
})

test("what is lost on the way up is what the server lacks, not what others lose further on", () => {
  const up = (packetsLost, fractionLost) => ({ type: "remote-inbound-rtp", kind: "audio", packetsLost, fractionLost })
  const out = (packetsSent) => ({ type: "outbound-rtp", kind: "audio", packetsSent })
  const figures = new LineFigures()
  figures.read(report(up(0, 0), out(100)), true)
  equal(figures.read(report(up(0, 0.3), out(200)), true).lost, 0)
  equal(figures.read(report(up(20, 0.3), out(300)), true).lost, 0.2)
})

test("a poor line that is better again, and only not yet believed, counts as poor no longer", () => {
  const line = new LineLevel()
  for (const now of [0, 4000]) line.look(now, { ...GOOD, way: "poor" })
  ok(line.level === "poor" && line.isSo)
  line.look(6000, GOOD)
  ok(line.level === "poor" && !line.isSo)
})

test("the room on the way up says something only while a picture is sent", () => {
  const pair = { type: "candidate-pair", nominated: true, availableOutgoingBitrate: 50_000 }
  equal(new LineFigures().read(report(pair), false).room, Infinity)
  equal(new LineFigures().read(report(pair), true).room, 50_000)
  equal(new LineFigures().read(null, true).room, Infinity)
})

async function ownLine() {
  const page = document.createElement("call-room")
  page.innerHTML = `<own-line data-weak="svag" data-alone="kun lyd" hidden><p data-fill="own-line"></p>
    <button data-only-sound data-switch></button></own-line>`
  document.body.append(page)
  const told = []
  page.addEventListener("deed", (deed) => {
    told.push(deed.detail)
    deed.answer = Promise.resolve()
  })
  const element = page.firstElementChild
  const devices = { camera: {}, closed: 0, closeCamera: () => (devices.closed += 1) }
  const connection = { report: async () => report(), joined: 0, join: () => (connection.joined += 1) }
  element.start(devices, connection)
  const says = (only_sound, way = "fine") => element.show({ state: { you: { only_sound } }, way }, "call")
  says(false)
  return { page, element, devices, connection, told, says, words: () => (element.hidden ? "" : element.textContent.trim()) }
}

/** Look again and again while the clock of the page goes on by two seconds each time. */
async function looks(element, times) {
  for (let time = 0; time < times; time += 1) {
    later += 2000
    await element.look()
  }
}
let later = 0
const real = performance.now.bind(performance)
performance.now = () => real() + later

test("a weak line is said once, and told to the host in a word", async () => {
  const { page, element, told, says, words } = await ownLine()
  says(false, "weak")
  await looks(element, 6)
  equal(words(), "svag")
  deepEqual(told, [{ type: "line_is", level: "weak" }])
  says(false, "fine")
  await looks(element, 8)
  equal(words(), "")
  says(false, "weak")
  await looks(element, 6)
  equal(words(), "")
  page.remove()
})

test("a poor line becomes sound alone by itself, and the camera stops first", async () => {
  const { page, element, devices, told, says, words } = await ownLine()
  says(false, "poor")
  await looks(element, 12)
  equal(devices.closed, 1)
  deepEqual(told.at(-1), { type: "only_sound", on: true })
  says(true, "poor")
  equal(words(), "kun lyd")
  page.remove()
})

test("whoever asks for pictures again gets a fresh look at a line that was narrow", async () => {
  const { page, element, connection, says } = await ownLine()
  const press = () => element.querySelector("button").click()
  for (const was of ["fine", "poor", "fine"]) {
    says(false, was)
    await looks(element, was === "poor" ? 3 : 20)
    const before = connection.joined
    press()
    says(true, was)
    equal(connection.joined, before)
    press()
    equal(connection.joined - before, was === "poor" ? 1 : 0, was)
    says(false, was)
  }
  page.remove()
})

test("pictures come back by a tap alone, and one's own camera not even then", async () => {
  const { page, element, devices, told, says } = await ownLine()
  says(true, "fine")
  await looks(element, 20)
  deepEqual(told, [])
  element.querySelector("button").click()
  deepEqual(told.at(-1), { type: "only_sound", on: false })
  says(false, "poor")
  await looks(element, 20)
  equal(told.filter(({ type }) => type === "only_sound").length, 1)
  equal(devices.closed, 0)
  page.remove()
})

/** A camera that shows a picture of sharp stripes. */
function stripes() {
  const canvas = document.createElement("canvas")
  canvas.width = 320
  canvas.height = 240
  const brush = canvas.getContext("2d")
  const draw = () => {
    for (let x = 0; x < 320; x += 2) {
      brush.fillStyle = x % 4 ? "white" : "black"
      brush.fillRect(x, 0, 2, 240)
    }
  }
  draw()
  const timer = setInterval(draw, 50)
  const [track] = canvas.captureStream(20).getVideoTracks()
  track.addEventListener("ended", () => clearInterval(timer))
  return track
}

async function withCamera(track, body) {
  const real = navigator.mediaDevices.getUserMedia
  navigator.mediaDevices.getUserMedia = async () => new MediaStream([track])
  try {
    await body(new Devices())
  } finally {
    navigator.mediaDevices.getUserMedia = real
    track.stop()
  }
}

/** How far apart the lightest and the darkest spot of a picture are. */
async function contrast(track) {
  const video = Object.assign(document.createElement("video"), { muted: true })
  video.srcObject = new MediaStream([track])
  await video.play()
  await new Promise((done) => video.requestVideoFrameCallback(done))
  const canvas = document.createElement("canvas")
  canvas.width = 320
  canvas.height = 240
  const brush = canvas.getContext("2d")
  brush.drawImage(video, 0, 0, 320, 240)
  const spots = brush.getImageData(80, 100, 160, 1).data.filter((_, index) => index % 4 === 0)
  return Math.max(...spots) - Math.min(...spots)
}

test("a veiled camera shows nothing sharp, and unveiled it is the camera again", async () => {
  const camera = stripes()
  await withCamera(camera, async (devices) => {
    await devices.veil(true)
    await devices.openCamera()
    const veiled = devices.camera
    ok(veiled !== camera)
    ok((await contrast(veiled)) < 40, "the stripes can be told apart")
    ok((await contrast(camera)) > 150, "the camera is not what it should be")
    await devices.veil(false)
    equal(devices.camera, camera)
    equal(veiled.readyState, "ended")
    await devices.veil(true)
    devices.closeCamera()
    equal(camera.readyState, "ended")
  })
})

test("where a browser cannot blur and has to, there is no picture at all", async () => {
  const camera = stripes()
  const real = HTMLCanvasElement.prototype.captureStream
  await withCamera(camera, async (devices) => {
    await devices.openCamera()
    delete HTMLCanvasElement.prototype.captureStream
    try {
      await devices.requireVeil()
      equal(devices.camera, null)
      equal(camera.readyState, "ended")
      equal(devices.isVeiled, true)
    } finally {
      HTMLCanvasElement.prototype.captureStream = real
    }
  })
})

test("the camera taken away by the system is gone behind its veil as well", async () => {
  const camera = stripes()
  await withCamera(camera, async (devices) => {
    await devices.veil(true)
    await devices.openCamera()
    camera.stop()
    camera.dispatchEvent(new Event("ended"))
    equal(devices.camera, null)
  })
})
