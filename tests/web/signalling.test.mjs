// The line: what is sent is answered, and what was not answered is said again, once.

import { Line, Refused } from "../../web/static/js/call/signalling.js"
import { deepEqual, equal, rejects, test } from "./harness/test.mjs"

// A socket of our own in the browser's place: the network is what it is told to be.
class Wire extends EventTarget {
  static OPEN = 1
  static made = []
  readyState = 0
  sent = []

  constructor(url) {
    super()
    this.url = String(url)
    Wire.made.push(this)
  }

  send(frame) {
    this.sent.push(JSON.parse(frame))
  }

  close() {
    this.readyState = 3
  }

  opens() {
    this.readyState = Wire.OPEN
    this.dispatchEvent(new Event("open"))
  }

  says(message) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }))
  }

  breaks(code = 1006) {
    this.readyState = 3
    this.dispatchEvent(new CloseEvent("close", { code }))
  }
}

function opened() {
  Wire.made = []
  globalThis.WebSocket = Wire
  const line = new Line("/line")
  const standings = []
  line.addEventListener("standing", (event) => standings.push(event.detail))
  line.open()
  Wire.made[0].opens()
  return { line, standings, wire: Wire.made[0] }
}

const next = () => Wire.made.at(-1)

test("on another network a new line is opened, and the dead one is heard no more", () => {
  const { line, standings, wire } = opened()
  const written = line.ask("chat", { text: "Hej" })
  line.renew()
  equal(Wire.made.length, 2)
  equal(wire.readyState, 3)
  wire.breaks(4409)
  next().opens()
  deepEqual(next().sent.map((frame) => frame.text), ["Hej"])
  next().says({ type: "done", ref: next().sent[0].ref })
  deepEqual(standings, ["open", "open"])
  line.close()
  line.renew()
  equal(Wire.made.length, 2)
  return written
})

test("a question is answered by its ref alone", async () => {
  const { line, wire } = opened()
  const knock = line.ask("knock")
  wire.says({ type: "done", ref: wire.sent[0].ref })
  await knock
  const again = line.ask("knock")
  wire.says({ type: "refused", ref: wire.sent[1].ref, error: "gate-not-ready", text: "Ikke endnu." })
  await rejects(again, /gate-not-ready/)
  line.close()
})

test("the sentence for the person comes with the refusal", async () => {
  const { line, wire } = opened()
  const asked = line.ask("knock").catch((error) => error)
  wire.says({ type: "refused", ref: wire.sent[0].ref, error: "x", text: "Ikke endnu." })
  const error = await asked
  equal(error instanceof Refused, true)
  equal(error.text, "Ikke endnu.")
  line.close()
})

test("what was not answered is said again under the same ref when the line is back", async () => {
  const { line, wire } = opened()
  const written = line.ask("chat", { text: "Hej" })
  wire.breaks()
  line.hurry()
  next().opens()
  deepEqual(next().sent, wire.sent)
  next().says({ type: "done", ref: wire.sent[0].ref })
  await written
  line.close()
})

test("what needs no answer is not kept for later", () => {
  const { line, wire } = opened()
  wire.breaks()
  line.tell("microphone", { on: true })
  line.hurry()
  next().opens()
  deepEqual(next().sent, [])
  line.close()
})

test("a line taken over by another tab stays down", () => {
  const { line, standings, wire } = opened()
  wire.breaks(4409)
  line.hurry()
  equal(Wire.made.length, 1)
  deepEqual(standings, ["open", "moved"])
})

test("a line that breaks says so and comes back by itself", () => {
  const { line, standings, wire } = opened()
  wire.breaks(1012)
  line.hurry()
  next().opens()
  deepEqual(standings, ["open", "lost", "open"])
  equal(new URL(next().url).pathname, "/line")
  line.close()
})
