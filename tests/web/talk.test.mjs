// What happens around the talk, on the page: presses that send, cards that come and go, alerts.

import "../../web/static/js/elements/alert-strips.js"
import "../../web/static/js/elements/deed-presses.js"
import "../../web/static/js/elements/talk-cards.js"
import "../../web/static/js/elements/talk-help.js"
import { equal, ok, test } from "./harness/test.mjs"

const STATE = { alerts: [], ask: null, calm: null, adults: [], opening: "", help: null }

/** Put elements on the page, a tag with its attributes and children each. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

const fillable = (tag, name) => make(tag, { "data-fill": name })

function on(element) {
  document.body.append(element)
  return element
}

/** Answer every deed of a part, and keep what was sent. */
function answered(part, answer = () => Promise.resolve()) {
  const sent = []
  part.addEventListener("deed", (event) => {
    sent.push(event.detail)
    event.answer = answer()
  })
  return sent
}

const soon = () => new Promise((resolve) => setTimeout(resolve))

test("a press sends what its button says, and says that it was kept", async () => {
  const button = make("button", { "data-sends": "card", "data-fields": '{"card": "hard"}' })
  const part = on(make("deed-presses", { "data-done": "Kept." }, button, fillable("p", "press-status")))
  const sent = answered(part)
  button.click()
  await soon()
  equal(JSON.stringify(sent), '[{"type":"card","card":"hard"}]')
  equal(part.textContent, "Kept.")
  part.remove()
})

test("a refusal is told in its own words", async () => {
  const button = make("button", { "data-sends": "fetch_adult" })
  const part = on(make("deed-presses", { "data-done": "Kept." }, button, fillable("p", "press-status")))
  answered(part, () => Promise.reject(Object.assign(new Error("no"), { text: "Choose another." })))
  button.click()
  await soon()
  equal(part.textContent, "Choose another.")
  part.remove()
})

test("a question is there while it is asked, and its answers name it", () => {
  const yes = make("button", { "data-answer": "yes" })
  const no = make("button", { "data-answer": "no" })
  const card = on(make("ask-card", { hidden: "" }, fillable("h2", "ask-text"), yes, no))
  card.show({ state: { ...STATE, ask: { id: 7, text: "Pause?" } } })
  ok(!card.hidden)
  equal(card.textContent, "Pause?")
  equal(yes.dataset.fields, '{"ask":7,"yes":true}')
  equal(no.dataset.fields, '{"ask":7,"yes":false}')
  card.show({ state: STATE })
  ok(card.hidden)
  card.remove()
})

test("the opening line is gone once it was said", () => {
  const line = on(make("opening-line"))
  line.show({ state: { ...STATE, opening: "Mette skriver det vigtige ned." } })
  ok(!line.hidden)
  line.show({ state: STATE })
  ok(line.hidden)
  equal(line.textContent, "")
  line.remove()
})

test("an alert shows one line to say, and sends what its presses are for", () => {
  const strip = make("section", {}, fillable("h2", "alert-title"), fillable("p", "alert-text"))
  strip.append(fillable("p", "alert-say"), make("div", { class: "knock__presses" }))
  const alerts = make("template", { "data-alert": "" })
  alerts.content.append(strip)
  const presses = make("template", { "data-press": "" })
  presses.content.append(make("button", {}, fillable("span", "press-label")))
  on(alerts)
  on(presses)
  const part = on(make("alert-strips"))
  const deed = { type: "ask", line: "phone" }
  const first = { id: "change-subject", title: "Skift emne.", text: "", say: "Nå." }
  const press = { label: "Foreslå telefon", main: false, deed }
  part.show({ state: { ...STATE, alerts: [{ ...first, presses: [press] }] } })
  equal(part.textContent, "Skift emne.Nå.Foreslå telefon")
  equal(part.querySelector("button").dataset.sends, "ask")
  equal(part.querySelector("button").dataset.fields, '{"line":"phone"}')
  part.show({ state: { ...STATE, alerts: [{ ...first, presses: [] }] } })
  equal(part.querySelector("button"), null)
  for (const one of [part, alerts, presses]) one.remove()
})

test("the host's own switches stand as they are, and flip", () => {
  const look = make("button", { "data-help": "looking_away", "data-flips": "{}" })
  const lock = make("p", { "data-unless": "locked" })
  const locked = make("p", { "data-if": "locked", hidden: "" })
  const word = fillable("p", "stop-word")
  const part = on(make("talk-help", { "data-no-word": "None." }, look, lock, locked, word))
  part.show({ state: { ...STATE, help: { looking_away: false, locked: false, stop_word: "" } } })
  equal(look.dataset.fields, '{"on":true}')
  equal(word.textContent, "None.")
  ok(!lock.hidden && locked.hidden)
  part.show({ state: { ...STATE, help: { looking_away: true, locked: true, stop_word: "Pizza" } } })
  equal(look.getAttribute("aria-pressed"), "true")
  equal(look.dataset.fields, '{"on":false}')
  equal(word.textContent, "Pizza")
  ok(lock.hidden && !locked.hidden)
  part.remove()
})
