// One's media, kept alive: when it joins anew, with what, and who is told. The browser's
// connections, its clock and the network are ours here.

import { Connection } from "../../web/static/js/call/connection.js"
import { deepEqual, equal, test } from "./harness/test.mjs"

let now = 0
let timers = []
let number = 0

function add(body, time, every) {
  timers.push({ id: (number += 1), at: now + (time ?? 0), body, every })
  return number
}

globalThis.setTimeout = (body, time) => add(body, time, 0)
globalThis.setInterval = (body, time) => add(body, time, time)
globalThis.clearTimeout = globalThis.clearInterval = (id) => {
  timers = timers.filter((timer) => timer.id !== id)
}
performance.now = () => now

// What was promised is done before the clock goes on.
const breathe = async () => {
  for (let turn = 0; turn < 20; turn += 1) await null
}

async function passes(time) {
  const end = now + time
  for (;;) {
    await breathe()
    const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
    if (!due) break
    now = due.at
    if (due.every) due.at += due.every
    else timers = timers.filter((timer) => timer !== due)
    due.body()
  }
  now = end
}

class Native extends EventTarget {
  static made = []
  connectionState = "new"
  signalingState = "stable"
  bytes = 0
  carried = {}

  constructor() {
    super()
    Native.made.push(this)
  }

  addTransceiver(kind) {
    const name = this.carried[kind] === undefined ? kind : "other"
    this.carried[name] = null
    const sender = { replaceTrack: async (track) => void (this.carried[name] = track) }
    return { sender, receiver: { track: {} } }
  }

  async setLocalDescription() {
    this.localDescription = { sdp: "offer" }
  }

  async setRemoteDescription() {}

  async getStats() {
    return new Map([["t", { type: "transport", bytesReceived: this.bytes }]])
  }

  becomes(state) {
    this.connectionState = state
    this.dispatchEvent(new Event("connectionstatechange"))
  }

  close() {
    this.connectionState = this.signalingState = "closed"
  }
}

let asked = 0
let isOnline = true
let isFull = false

async function connected(tracks = {}) {
  Native.made = []
  timers = []
  asked = 0
  isOnline = true
  isFull = false
  globalThis.RTCPeerConnection = Native
  globalThis.fetch = async () => {
    if (!isOnline) throw new TypeError("no network")
    if (isFull) return { ok: false, status: 503, json: async () => ({ error: "media-full" }) }
    const connection = `c${(asked += 1)}`
    return { ok: true, json: async () => ({ connection, sdp: "answer" }) }
  }
  const connection = new Connection("/offer", 1)
  const told = []
  for (const name of ["cut", "change"]) {
    connection.addEventListener(name, () => told.push(name === "cut" ? name : connection.standing))
  }
  await connection.carry(tracks)
  connection.open()
  await breathe()
  Native.made[0].becomes("connected")
  told.length = 0
  return { connection, told, first: Native.made[0] }
}

const newest = () => Native.made.at(-1)

test("one change of network is told many times and answered once", async () => {
  const { connection, told } = await connected()
  for (let time = 0; time < 6; time += 1) {
    dispatchEvent(new Event("online"))
    await passes(30)
  }
  await passes(100)
  equal(Native.made.length, 2)
  deepEqual(told, ["cut"])
  connection.close()
})

test("the old connection goes on until the new one is connected, with the same tracks", async () => {
  const camera = { kind: "video" }
  const { connection, first } = await connected({ camera })
  dispatchEvent(new Event("online"))
  await passes(100)
  equal(first.connectionState, "connected")
  newest().becomes("connected")
  equal(first.connectionState, "closed")
  equal(newest().carried.video, camera)
  equal(newest().carried.audio, null) // muted before, muted after (P8)
  connection.close()
})

test("a second of silence is enough when something should be coming", async () => {
  const { connection, told, first } = await connected()
  connection.expects = () => true
  first.bytes = 1000
  await passes(500)
  equal(Native.made.length, 1)
  await passes(1250)
  equal(Native.made.length, 2)
  deepEqual(told, ["cut"])
  connection.close()
})

test("nothing is done about silence in which nobody speaks", async () => {
  const { connection } = await connected()
  connection.expects = () => false
  await passes(20_000)
  equal(Native.made.length, 1)
  connection.close()
})

test("the server says that it hears nothing, of this connection and not of an old one", async () => {
  const { connection } = await connected()
  connection.silent("c0")
  await breathe()
  equal(Native.made.length, 1)
  connection.silent("c1")
  await breathe()
  equal(Native.made.length, 2)
  connection.close()
})

test("a new connection that does not get through is soon tried again, and nobody is alarmed", async () => {
  const { connection, told, first } = await connected()
  first.becomes("disconnected")
  await breathe()
  equal(Native.made.length, 2)
  await passes(3400)
  equal(Native.made.length, 3)
  newest().becomes("connected")
  deepEqual(told, [])
  connection.close()
})

test("a network that goes on letting nothing through is called blocked", async () => {
  const { connection, told, first } = await connected()
  first.becomes("disconnected")
  await passes(25_000)
  deepEqual(told, ["blocked"])
  connection.close()
})

test("a server without room for another talk says so, and has one later", async () => {
  const { connection, told, first } = await connected()
  first.becomes("failed")
  isFull = true
  await passes(1)
  newest().becomes("failed")
  await passes(3000)
  equal(connection.standing, "full")
  isFull = false
  asked = 0
  while (asked === 0) await passes(100)
  newest().becomes("connected")
  deepEqual(told, ["full", "connected"])
  connection.close()
})

test("without a network it tries again until there is one", async () => {
  const { connection, first } = await connected()
  isOnline = false
  first.becomes("disconnected")
  await passes(1000)
  isOnline = true
  dispatchEvent(new Event("online"))
  await passes(100)
  newest().becomes("connected")
  equal(connection.standing, "connected")
  connection.close()
})
