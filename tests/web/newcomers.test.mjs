// The small question about somebody added late: one at a time, and under nobody's finger.

import "../../web/static/js/elements/opening-cards.js"
import { equal, ok, test } from "./harness/test.mjs"

const JONAS = { seat: 7, title: "Jonas", text: "He is your teacher.", ask: "May he?" }
const MARIA = { seat: 9, title: "Maria", text: "She is new.", ask: "May she?" }
const realNow = performance.now.bind(performance)

/** The part as the call page has it, in a call. @returns {HTMLElement} */
function cards() {
  const room = document.createElement("call-room-of-a-test")
  const part = document.createElement("newcomer-cards")
  const rows = document.createElement("div")
  rows.setAttribute("data-rows", "")
  const template = document.createElement("template")
  const card = document.createElement("section")
  for (const name of ["title", "text", "ask", "status"]) {
    const place = document.createElement("p")
    place.setAttribute("data-fill", `newcomer-${name}`)
    card.append(place)
  }
  for (const answer of ["yes", "no"]) {
    const button = document.createElement("button")
    button.setAttribute("data-answer", answer)
    card.append(button)
  }
  template.content.append(card)
  part.append(rows, template)
  room.append(part)
  document.body.append(room)
  return part
}

/** Let the time stand at `ms`, for what is looked at and nothing else. @param {number} ms */
const at = (ms) => (performance.now = () => ms)

const soon = () => new Promise((resolve) => setTimeout(resolve))

function answered(part, answer = () => Promise.resolve()) {
  const sent = []
  part.addEventListener("deed", (event) => {
    sent.push(event.detail)
    event.answer = answer()
  })
  return sent
}

const seen = (part) => [...part.querySelectorAll("[data-key]")].filter((card) => !card.hidden)

test("one card stands there at a time, the next when the first is answered", () => {
  const part = cards()
  part.show({ state: { newcomers: [JONAS, MARIA] } })
  equal(seen(part).length, 1)
  ok(seen(part)[0].textContent.includes("Jonas"))
  part.show({ state: { newcomers: [MARIA] } })
  ok(seen(part)[0].textContent.includes("Maria"))
  part.show({ state: { newcomers: [] } })
  ok(part.hidden)
  part.parentElement.remove()
})

test("a press meant for what stood there before answers nothing", () => {
  const part = cards()
  const sent = answered(part)
  at(1000)
  part.show({ state: { newcomers: [JONAS, MARIA] } })
  at(1100)
  seen(part)[0].querySelector('[data-answer="yes"]').click()
  equal(sent.length, 0)
  at(3000)
  seen(part)[0].querySelector('[data-answer="yes"]').click()
  part.show({ state: { newcomers: [MARIA] } })
  at(3200) // the second half of a double tap
  seen(part)[0].querySelector('[data-answer="yes"]').click()
  performance.now = realNow
  equal(JSON.stringify(sent), '[{"type":"newcomer","seat":7,"answer":"yes"}]')
  part.parentElement.remove()
})

test("an answer that was not taken is told beside the question", async () => {
  const part = cards()
  answered(part, () => Promise.reject(Object.assign(new Error("no"), { text: "Not here." })))
  at(1000)
  part.show({ state: { newcomers: [JONAS] } })
  at(3000)
  seen(part)[0].querySelector('[data-answer="no"]').click()
  performance.now = realNow
  await soon()
  equal(seen(part)[0].querySelector('[data-fill="newcomer-status"]').textContent, "Not here.")
  part.parentElement.remove()
})
