// The call as one value: replayed here message by message, as a phone would get them.

import { START, expectsMedia, isOver, phase, step } from "../../web/static/js/call/session.js"
import { deepEqual, equal, ok, test } from "./harness/test.mjs"

const YOU = { label: "Dig", microphone: false, camera: false, company: "", paused: false }

const told = (version, more = {}) => ({
  type: "state", version, phase: "call", title: "", text: "", you: YOU, people: [], roster: [], card: null,
  knocks: [], brief: null, alerts: [], ...more,
})
const said = (id, text) => ({ type: "chat", id, seat: "11", name: "Mette", text, at: "16.14", mine: false })
const after = (...messages) => messages.reduce(step, START)
const mette = (more = {}) => ({ seat: "11", slot: 0, here: true, microphone: true, camera: false, ...more })

test("nothing is shown before the server has said how it stands", () => {
  equal(phase(START), "opening")
  equal(phase(after({ type: "line", standing: "open" })), "opening")
})

test("the screen is the one the server names", () => {
  equal(phase(after(told(1, { phase: "lobby" }))), "lobby")
  equal(phase(after(told(1, { phase: "lobby" }), told(2, { phase: "door" }))), "door")
})

test("a browser that cannot call is told so, until there is nothing to call to", () => {
  equal(phase(START, false), "opening")
  equal(phase(after(told(1, { phase: "outside" })), false), "cannot")
  equal(phase(after(told(1, { phase: "call" })), false), "cannot")
  equal(phase(after(told(1, { phase: "ended" })), false), "ended")
  equal(phase(after(told(1), { type: "line", standing: "gone" }), false), "gone")
})

test("an older state never undoes a newer one", () => {
  const session = after({ type: "line", standing: "open" }, told(5, { phase: "paused" }), told(4))
  equal(phase(session), "paused")
})

test("after a restart the server counts from the start, and is believed", () => {
  const session = after(
    told(41), { type: "line", standing: "lost" }, { type: "line", standing: "open" }, told(1, { phase: "locked" }),
  )
  equal(phase(session), "locked")
})

test("a lost line keeps showing what was so", () => {
  const session = after(told(3, { phase: "call" }), { type: "line", standing: "lost" })
  equal(session.line, "lost")
  equal(phase(session), "call")
})

test("another tab, or no right any longer, is a screen of its own", () => {
  equal(phase(after(told(1), { type: "line", standing: "moved" })), "moved")
  equal(phase(after(told(1), { type: "line", standing: "gone" })), "gone")
  ok(isOver("moved"))
  ok(isOver("ended"))
  ok(!isOver("locked"), "a locked room opens again when the host is back")
})

test("a message of the chat is shown once, in the order it was kept", () => {
  const session = after(said(2, "to"), said(1, "en"), said(2, "to"), said(3, "tre"))
  deepEqual(session.chat.map((one) => one.text), ["en", "to", "tre"])
})

test("the note is shown as it last stood", () => {
  const session = after({ type: "items", items: [{ item: 1 }] }, { type: "items", items: [] })
  deepEqual(session.items, [])
})

test("who left and tries sound and picture again sees that screen until the server says more", () => {
  const left = after(told(1, { phase: "left" }), { type: "again" })
  equal(phase(left), "outside")
  equal(phase(step(left, told(2, { phase: "left" }))), "outside")
  const back = step(left, told(3, { phase: "lobby" }))
  equal(phase(back), "lobby")
  equal(phase(step(back, told(4, { phase: "left" }))), "left")
})

test("media is expected only from somebody who is here and sends something", () => {
  ok(expectsMedia(after(told(1, { people: [mette()] }))))
  ok(!expectsMedia(after(told(1, { people: [mette({ microphone: false })] }))))
  ok(!expectsMedia(after(told(1, { people: [mette({ here: false })] }))))
  ok(!expectsMedia(after(told(1, { phase: "paused", people: [mette()] }))))
  ok(!expectsMedia(after(told(1))))
})

test("a message nobody knows changes nothing", () => {
  const session = after(told(1))
  equal(step(session, { type: "still" }), session)
})

test("the line of the note both look at is the one told last, and a new line begins without one", () => {
  const reading = { type: "reading", item: 3, label: "Mette viser dig en linje i noten." }
  equal(after(told(1), reading).reading.item, 3)
  equal(after(told(1), reading, { type: "reading", item: 0, label: "" }).reading.item, 0)
  equal(after(told(1), reading, { type: "line", standing: "open" }).reading.item, 0)
})
