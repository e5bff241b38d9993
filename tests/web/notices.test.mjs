// The host's page: notices of which one is open and none is lost, the bar, the clock; and what a
// young person can pick from in the middle of a talk.

import "../../web/static/js/elements/bar-more.js"
import "../../web/static/js/elements/call-notices.js"
import "../../web/static/js/elements/talk-clock.js"
import "../../web/static/js/elements/way-panel.js"
import { RANK, arrange } from "../../web/static/js/lib/notices.js"
import { equal, ok, test } from "./harness/test.mjs"

const knock = { key: "knock 7", rank: RANK.knock }
const turned = { key: "alert change-subject", rank: RANK.urgent }
const card = { key: "alert card", rank: RANK.alert }
const writing = { key: "alert writing", rank: RANK.later }
const nothing = { front: "", chosen: "", known: new Set(), isHeld: false }
const after = (front, chosen, ...known) => ({ front, chosen, known: new Set(known), isHeld: false })

test("with nothing to tell nothing stands open", () => {
  equal(arrange([], nothing).front, "")
})

test("the most pressing stands open, whatever order they came in", () => {
  equal(arrange([writing, card, knock, turned], nothing).front, turned.key)
  equal(arrange([writing, card, knock], nothing).front, knock.key)
  equal(arrange([card, { key: "alert opening", rank: RANK.alert }], nothing).front, card.key)
})

test("what the young person has just answered goes before how the talk is", () => {
  const answered = { key: "alert answered", rank: RANK.asked }
  equal(arrange([turned, answered], nothing).front, answered.key)
})

test("whoever knocks goes before a line that broke: it may be them", () => {
  const broke = { key: "alert line-broke", rank: RANK.phone }
  equal(arrange([broke, card, knock], nothing).front, knock.key)
  equal(arrange([card, broke], nothing).front, broke.key)
})

test("what a person opened stays open, until something more pressing comes", () => {
  const known = after(knock.key, writing.key, knock.key, writing.key)
  equal(arrange([knock, writing], known).front, writing.key)
  equal(arrange([knock, writing, { key: "alert back", rank: RANK.later }], known).front, writing.key)
  const next = arrange([knock, writing, turned], known)
  equal(next.front, turned.key)
  equal(next.chosen, "")
})

test("nothing changes under somebody's hands, and a notice that is gone is gone", () => {
  const held = { ...after(knock.key, "", knock.key), isHeld: true }
  equal(arrange([turned, knock], held).front, knock.key)
  equal(arrange([turned], held).front, turned.key)
})

// On the page

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

function notice(key, title) {
  const fold = make("button", { "data-unfolds": "", type: "button" })
  return make("section", { class: "knock", "data-key": key }, fold, make("h2", { tabindex: "-1" }, title))
}

function page() {
  const strips = make("div", { "data-strips": "" })
  const alerts = make("alert-strips")
  const plan = make("phone-plan", { "data-alerts": "line-broke emergency" })
  const notices = make("call-notices", {}, strips, make("div", { "data-private": "" }, alerts), plan)
  const room = make("call-room-stand-in", {}, notices)
  document.body.append(room)
  return { room, strips, alerts, plan }
}

const soon = () => new Promise((resolve) => setTimeout(resolve))
const folds = (...notices) => notices.map((one) => one.getAttribute("data-fold")).join(" ")

test("one notice is open, a press opens another, and its title takes the focus", async () => {
  const { room, strips, alerts } = page()
  const aya = notice("7", "Aya banker på")
  const said = notice("card", "Sofie viste et kort")
  strips.append(aya)
  alerts.append(said)
  await soon()
  equal(folds(aya, said), "open shut")
  equal(aya.querySelector("button").textContent, "")
  equal(said.querySelector("button").textContent, "Sofie viste et kort")
  said.querySelector("[data-unfolds]").click()
  equal(folds(aya, said), "shut open")
  equal(document.activeElement, said.querySelector("h2"))
  aya.classList.add("knock--waits")
  said.remove()
  await soon()
  equal(folds(aya), "open")
  room.remove()
})

test("the stop word takes a knock's place, and cannot be pressed in the same breath", async () => {
  const { room, strips, alerts, plan } = page()
  const aya = notice("7", "Aya banker på")
  strips.append(aya)
  await soon()
  ok(!aya.hasAttribute("data-settles"), "the first is there to be pressed at once")
  const turn = notice("change-subject", "Skift emne. Kun ja/nej.")
  alerts.append(turn)
  await soon()
  equal(folds(aya, turn, plan), "shut open shut")
  ok(turn.hasAttribute("data-settles"))
  ok(aya.hasAttribute("data-lit"), "a knock is lit among the folded ones")
  aya.dataset.standing = "door"
  await soon()
  equal(folds(aya, turn), "open shut")
  room.remove()
})

test("the presses of the phone plan stand with the alert they belong to", async () => {
  const { room, alerts, plan } = page()
  alerts.append(notice("line-broke", "Forbindelsen røg"))
  await soon()
  equal(folds(plan), "open")
  room.remove()
})

test("while a window is shown a knock is open, and what is the host's alone is not counted", async () => {
  const { room, strips, alerts } = page()
  const aya = notice("7", "Aya banker på")
  const turn = notice("change-subject", "Skift emne. Kun ja/nej.")
  strips.append(aya)
  alerts.append(turn)
  await soon()
  equal(folds(aya, turn), "shut open")
  room.dataset.showing = ""
  await soon()
  equal(folds(aya), "open")
  room.remove()
})

test("what has no room in the bar opens above it, and closes by a press in it or by Escape", () => {
  const more = make("button", { "aria-expanded": "false" })
  const away = make("button")
  const bar = make("div", { class: "control-bar" }, make("bar-more", {}, more), make("div", { class: "tray--more" }, away))
  document.body.append(bar)
  more.click()
  equal(more.getAttribute("aria-expanded"), "true")
  ok(bar.hasAttribute("data-more"))
  away.click()
  ok(!bar.hasAttribute("data-more"))
  more.click()
  away.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))
  ok(!bar.hasAttribute("data-more"))
  equal(document.activeElement, more)
  bar.remove()
})

test("what a phone has no room for opens above the row of openers, and closes by a press in it", () => {
  const more = make("button", { "aria-expanded": "false" })
  const looks = make("button", { "data-opens": "looks" })
  const row = make("div", { class: "openers-row" }, make("button", { "data-opens": "chat" }), make("bar-more", {}, more))
  const openers = make("div", { class: "call-openers" }, row, make("div", { class: "openers-more" }, looks))
  document.body.append(openers)
  more.click()
  equal([openers.hasAttribute("data-more"), more.getAttribute("aria-expanded")].join(), "true,true")
  row.firstElementChild?.click()
  ok(openers.hasAttribute("data-more"))
  looks.click()
  equal([openers.hasAttribute("data-more"), more.getAttribute("aria-expanded")].join(), "false,false")
  openers.remove()
})

test("the agreed time stands in the talk, and nowhere for who is told none", () => {
  const clock = make("talk-clock", {}, make("span", { "data-fill": "clock" }), make("span", { "data-fill": "left" }))
  document.body.append(clock)
  const state = { clock: { text: "Aftalt til kl. 16.30.", left: "12 minutter tilbage" } }
  clock.show({ state }, "room")
  equal(clock.textContent, "Aftalt til kl. 16.30.12 minutter tilbage")
  ok(!clock.hidden)
  clock.show({ state }, "outside")
  ok(clock.hidden)
  clock.show({ state: { clock: null } }, "room")
  ok(clock.hidden)
  clock.remove()
})

test("whoever wants another time finds the times, and nothing of the places", async () => {
  const time = make("button", { "data-way": "time" })
  const times = make("div", { "data-options": "time", hidden: "" })
  const places = make("div", { "data-options": "place", hidden: "" })
  const way = make("way-panel", { "data-told": "Mette ved det nu." }, times, places, time)
  document.body.append(way)
  way.addEventListener("deed", (event) => {
    event.answer = Promise.resolve()
  })
  time.click()
  await soon()
  ok(!times.hidden)
  ok(places.hidden)
  way.remove()
})
