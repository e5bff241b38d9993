// What one opens beside the faces, and where the focus goes when it closes again.

import "../../web/static/js/elements/bar-more.js"
import "../../web/static/js/elements/call-panels.js"
import { equal, ok, test } from "./harness/test.mjs"

/** @returns {HTMLElement} */
function room() {
  const made = document.createElement("call-room")
  made.innerHTML = `
    <div class="call-openers"><div class="openers-row"><button id="chat" data-opens="chat">1</button>
      <bar-more><button id="more" aria-expanded="false">2</button></bar-more></div>
      <div class="openers-more"><button id="looks" data-opens="looks">3</button></div></div>
    <call-panels>
      <section data-panel="chat" hidden><h2 tabindex="-1">a</h2><button data-closes>b</button></section>
      <section data-panel="looks" hidden><h2 tabindex="-1">c</h2><button data-closes>d</button></section>
      <section data-panel="way" hidden><h2 tabindex="-1">e</h2><button id="rights" data-opens="rights">f</button></section>
      <section data-panel="rights" hidden><h2 tabindex="-1">g</h2><button data-closes>h</button></section>
    </call-panels>
    <a id="way" href="/" data-opens="way">i</a>`
  document.body.append(made)
  return made
}

/** @param {HTMLElement} inside @param {string} what */
const press = (inside, what) => inside.querySelector(what)?.click()

test("a panel that closes gives the focus back to what opened it", () => {
  const made = room()
  press(made, "#chat")
  equal(made.getAttribute("data-open"), "chat")
  press(made, '[data-panel="chat"] [data-closes]')
  equal(document.activeElement?.id, "chat")
  made.remove()
})

test("where the row it was pressed in has closed, the focus goes to what opened that row", () => {
  const made = room()
  press(made, "#more")
  press(made, "#looks")
  made.querySelector(".openers-more")?.toggleAttribute("hidden", true) // as the style has it
  press(made, '[data-panel="looks"] [data-closes]')
  equal(document.activeElement?.id, "more")
  made.remove()
})

test("a panel opened from another one gives it back to what opened the first", () => {
  const made = room()
  press(made, "#way")
  press(made, "#rights")
  ok(made.querySelector('[data-panel="way"]')?.hasAttribute("hidden"))
  press(made, '[data-panel="rights"] [data-closes]')
  equal(document.activeElement?.id, "way")
  made.remove()
})

const CALL = (card, writes = false) => ({ state: { card, you: { write_only: writes } } })
const CARD = { title: "Anything funny?", text: "" }

test("the harmless card covers what stood open, and the focus stays where it was", () => {
  const made = room()
  const panels = made.querySelector("call-panels")
  panels?.show(CALL(null), "call")
  press(made, "#chat")
  made.querySelector("#more")?.focus() // as Skift emne would have it
  panels?.show(CALL(CARD), "call")
  equal(made.getAttribute("data-open"), null)
  equal(document.activeElement?.id, "more")
  press(made, "#chat") // opened again, it stays: it was wished for
  panels?.show(CALL(CARD), "call")
  equal(made.getAttribute("data-open"), "chat")
  made.remove()
})

test("whoever writes finds the written word again when the card goes", () => {
  const made = room()
  const panels = made.querySelector("call-panels")
  panels?.show(CALL(null, true), "call")
  equal(made.getAttribute("data-open"), "chat")
  panels?.show(CALL(CARD, true), "call")
  equal(made.getAttribute("data-open"), null)
  panels?.show(CALL(null, true), "call")
  equal(made.getAttribute("data-open"), "chat")
  made.remove()
})

test("Skift emne covers it at once, whether or not anybody answers", () => {
  const made = room()
  const subject = document.createElement("button")
  subject.dataset.action = "subject"
  made.append(subject)
  press(made, "#chat")
  subject.focus()
  subject.click()
  equal(made.getAttribute("data-open"), null)
  equal(document.activeElement, subject)
  made.remove()
})
