// What the call page notices and tells: a window that is shown, keys, a screen reader's words, and
// a microphone the telephone has taken.

import { NotShown, pick } from "../../web/static/js/call/screen.js"
import "../../web/static/js/elements/call-announcer.js"
import "../../web/static/js/elements/call-keys.js"
import "../../web/static/js/elements/screen-share.js"
import "../../web/static/js/elements/sound-back.js"
import { changes } from "../../web/static/js/lib/announce.js"
import { deepEqual, equal, ok, rejects, test } from "./harness/test.mjs"

/** A track of something shown; `surface` is what the browser says was picked. */
const shown = (surface) =>
  Object.assign(new EventTarget(), {
    kind: "video",
    stopped: false,
    contentHint: "",
    getSettings: () => ({ displaySurface: surface }),
    stop() {
      this.stopped = true
    },
  })

const picking = (track, asked = []) => ({
  getDisplayMedia: async (hints) => {
    asked.push(hints)
    return { getVideoTracks: () => [track], getTracks: () => [track] }
  },
})

test("a window or a tab may be shown, and the browser is asked to offer nothing more", async () => {
  for (const surface of ["window", "browser"]) {
    const asked = []
    const track = shown(surface)
    equal(await pick(picking(track, asked)), track)
    equal(track.stopped, false)
    equal(asked[0].monitorTypeSurfaces, "exclude")
    equal(asked[0].selfBrowserSurface, "exclude")
    equal(asked[0].audio, false)
  }
})

test("a whole screen is let go at once, and so is what a browser does not name", async () => {
  for (const [surface, reason] of [["monitor", "whole-screen"], [undefined, "unknown"]]) {
    const track = shown(surface)
    await rejects(pick(picking(track)), new RegExp(reason))
    ok(track.stopped)
  }
})

test("whoever picks nothing is told nothing, and a browser that cannot is named", async () => {
  const no = { getDisplayMedia: async () => Promise.reject(new DOMException("", "NotAllowedError")) }
  await rejects(pick(no), /denied/)
  await rejects(pick({}), /unsupported/)
  equal(new NotShown("other").reason, "other")
})

function page(inside) {
  const room = document.createElement("call-room")
  room.innerHTML = inside
  document.body.append(room)
  const told = []
  room.addEventListener("deed", (deed) => {
    told.push(`${deed.detail.type} ${deed.detail.on}`)
    deed.answer = Promise.resolve()
  })
  return { room, told }
}

const a_moment = () => new Promise((done) => setTimeout(done, 30))

function devices() {
  const made = Object.assign(new EventTarget(), {
    screen: null,
    microphone: null,
    takeScreen(track) {
      made.screen = track
      made.dispatchEvent(new Event("change"))
    },
    closeScreen() {
      if (made.screen) made.takeScreen(null)
    },
  })
  return made
}

const host = (you = {}, phase = "room") => [
  { state: { you: { screen: false, ...you }, alerts: [], knocks: [] } }, phase,
]

test("what is private is gone before a window is picked, and stopping is one press", async () => {
  const { room, told } = page(`<button data-screen></button><screen-share>
    <div data-shown hidden></div><p data-waiting hidden></p></screen-share>`)
  const real = navigator.mediaDevices.getDisplayMedia
  let goneFirst = null
  const track = shown("window")
  navigator.mediaDevices.getDisplayMedia = async () => {
    goneFirst = room.hasAttribute("data-showing")
    return { getVideoTracks: () => [track], getTracks: () => [track] }
  }
  const own = devices()
  const element = room.querySelector("screen-share")
  element.start(own)
  element.show(...host())
  room.querySelector("button").click()
  await a_moment()
  ok(goneFirst)
  equal(own.screen, track)
  element.show(...host({ screen: true }))
  room.querySelector("button").click()
  equal(own.screen, null)
  equal(room.hasAttribute("data-showing"), false)
  deepEqual(told, ["screen true", "screen false"])
  navigator.mediaDevices.getDisplayMedia = real
  room.remove()
})

test("a page loaded anew shows nothing, and outside the room nothing is shown", async () => {
  const { room, told } = page(`<screen-share></screen-share>`)
  const own = devices()
  const element = room.querySelector("screen-share")
  element.start(own)
  element.show(...host({ screen: true }))
  deepEqual(told, ["screen false"])
  own.takeScreen(shown("window"))
  element.show(...host({}, "left"))
  equal(own.screen, null)
  room.remove()
})

test("single keys press what can be seen, and nothing while somebody writes", () => {
  const { room } = page(`<button data-action="microphone" hidden></button>
    <button data-action="microphone" id="m">Lyd</button><input id="words">
    <call-keys><i data-key="m" data-presses='[data-action="microphone"]'></i>
    <input type="radio" name="keys" value="on" checked><input type="radio" name="keys" value="off" id="off"></call-keys>`)
  let pressed = 0
  room.querySelector("#m").addEventListener("click", () => (pressed += 1))
  const key = (target, more = {}) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "m", bubbles: true, cancelable: true, ...more }))
  key(document.body)
  equal(pressed, 1)
  key(room.querySelector("#words"))
  key(document.body, { ctrlKey: true })
  key(document.body, { repeat: true })
  equal(pressed, 1)
  room.querySelector("#off").checked = true
  key(document.body)
  equal(pressed, 1)
  room.remove()
})

const talk = (you, people = [], phase = "call") => ({ phase, you: { microphone: true, camera: true, ...you }, people })
const aya = (microphone) => ({ seat: "3", name: "Aya", microphone, here: true })

test("a screen reader hears of one's own switches and of who falls silent, and of little else", () => {
  deepEqual(changes(talk({}), talk({ microphone: false })), [{ id: "microphone-off", who: "" }])
  deepEqual(changes(talk({}, [aya(true)]), talk({}, [aya(false)])), [{ id: "silent", who: "Aya" }])
  deepEqual(changes(talk({}, []), talk({}, [aya(true)])), [])
  const apart = [talk({}, [], "together"), talk({ microphone: false }, [], "together")]
  deepEqual(changes(...apart), [{ id: "microphone-off", who: "" }])
  deepEqual(changes(talk({}), talk({ microphone: false }, [], "paused")), [])
  deepEqual(changes(null, talk({})), [])
})

test("what changes in one breath is one sentence", async () => {
  const { room } = page(`<call-announcer data-microphone-off="Din lyd er slået fra." data-microphone-on="til"
    data-silent="{hvem} har slået lyden fra."></call-announcer>`)
  const element = room.firstElementChild
  element.show({ state: talk({}, [aya(true)]) })
  element.show({ state: talk({ microphone: false }, [aya(true)]) })
  element.show({ state: talk({ microphone: true }, [aya(true)]) })
  element.show({ state: talk({ microphone: false }, [aya(false)]) })
  equal(element.textContent, "")
  await new Promise((done) => setTimeout(done, 900))
  equal(element.textContent, "Din lyd er slået fra. Aya har slået lyden fra.")
  room.remove()
})

const microphone = () => Object.assign(new EventTarget(), { muted: false })

function soundBack(on = true, phase = "call") {
  const { room } = page(`<sound-back hidden></sound-back>`)
  const element = room.firstElementChild
  const own = devices()
  element.start(own)
  own.microphone = microphone()
  own.dispatchEvent(new Event("change"))
  element.show({ state: { you: { microphone: on } } }, phase)
  return { room, element, own }
}

test("a telephone call that takes the microphone is noticed, and its end as well", async () => {
  const { room, element, own } = soundBack()
  own.microphone.muted = true
  own.microphone.dispatchEvent(new Event("mute"))
  equal(element.hidden, true)
  await new Promise((done) => setTimeout(done, 1100))
  equal(element.hidden, false)
  own.microphone.muted = false
  own.microphone.dispatchEvent(new Event("unmute"))
  equal(element.hidden, true)
  room.remove()
})

test("a microphone taken for good is brought back by a tap, and only where it had been on", () => {
  for (const [on, phase] of [[true, "call"], [true, "together"], [false, "call"]]) {
    const { room, element, own } = soundBack(on, phase)
    own.microphone = null
    own.dispatchEvent(new Event("change"))
    own.dispatchEvent(new CustomEvent("taken", { detail: "microphone" }))
    element.show({ state: { you: { microphone: false } } }, phase)
    equal(element.hidden, !on)
    own.microphone = microphone()
    own.dispatchEvent(new Event("change"))
    equal(element.hidden, true)
    room.remove()
  }
})
