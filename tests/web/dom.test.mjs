// What the page parts are made with: text only, and rows that stay where they are.

import { copyOf, fill, keepRows } from "../../web/static/js/lib/dom.js"
import { showScreen } from "../../web/static/js/lib/screens.js"
import { deepEqual, equal, ok, test } from "./harness/test.mjs"

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

const row = (name) => made("li", { "data-name": name })
const list = (parent, ...names) =>
  keepRows(parent, names, (name) => name, row, (line, name) => line.setAttribute("title", name))
const shown = (parent) => [...parent.querySelectorAll("[data-key]")].map((line) => line.dataset.key)

test("words from people become text and never markup", () => {
  const place = made("p", { "data-fill": "text" })
  fill(made("div", {}, place), "text", "<img src=x onerror=alert(1)>")
  equal(place.children.length, 0)
  equal(place.textContent, "<img src=x onerror=alert(1)>")
})

test("a row that stays is the very same row, in its place", () => {
  const parent = made("ol")
  list(parent, "aya", "mette", "sofie")
  const mette = parent.children[1]
  let moves = 0
  new MutationObserver((changes) => (moves += changes.length)).observe(parent, { childList: true })
  list(parent, "mette", "sofie", "ida")
  deepEqual(shown(parent), ["mette", "sofie", "ida"])
  equal(parent.children[0], mette)
})

test("a row is not taken out and put back when another leaves before it", async () => {
  const parent = made("ol")
  list(parent, "aya", "mette")
  const changes = []
  const watch = new MutationObserver((seen) => changes.push(...seen))
  watch.observe(parent, { childList: true })
  list(parent, "mette")
  changes.push(...watch.takeRecords())
  ok(changes.every((change) => change.addedNodes.length === 0), "a moved video would start anew")
})

test("one's own tile stays last", () => {
  const own = made("div", { "data-own": "" })
  const parent = made("div", {}, own)
  list(parent, "mette", "aya")
  equal(parent.lastElementChild, own)
})

test("a copy of a template is a live element", () => {
  const template = document.createElement("template")
  template.content.append(made("section", {}, made("p", { "data-fill": "name" })))
  const copy = copyOf(made("div", {}, template), "template")
  equal(copy.ownerDocument, document)
  equal(template.content.children.length, 1)
})

test("only the sections of this phase are on the screen", () => {
  const lobby = made("section", { "data-phase": "lobby" })
  const talk = made("section", { "data-phase": "door call paused" })
  showScreen(made("div", {}, lobby, talk), "call", null)
  ok(lobby.hidden)
  ok(!talk.hidden)
})
