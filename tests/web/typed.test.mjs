// Words that were typed are not given to a network that is not there.

import "../../web/static/js/elements/typed-words.js"
import { equal, ok, test } from "./harness/test.mjs"

const realFetch = globalThis.fetch
const LOST = "Your words are still here."

/** A page with one form in it, and what of it really went. */
function page() {
  const part = document.createElement("typed-words")
  part.dataset.lost = LOST
  const form = document.createElement("form")
  const words = document.createElement("textarea")
  words.name = "words"
  const press = document.createElement("button")
  press.className = "main-action"
  form.append(words, press)
  document.body.append(form, part)
  const went = []
  // After the part's own listener: what is not stopped by then would leave the page.
  const leaves = (event) => {
    if (event.target !== form || event.defaultPrevented) return
    event.preventDefault()
    went.push(event.submitter)
  }
  document.addEventListener("submit", leaves)
  const close = () => {
    document.removeEventListener("submit", leaves)
    form.remove()
    part.remove()
    globalThis.fetch = realFetch
  }
  return { form, words, press, went, close }
}

const soon = () => new Promise((resolve) => setTimeout(resolve))
const answers = (status, told) => () =>
  Promise.resolve(new Response(JSON.stringify(told), { status, headers: { "Content-Type": "application/json" } }))

test("with words in it a form goes once, when the server is there", async () => {
  const { words, press, went, close } = page()
  let asked = 0
  globalThis.fetch = () => (asked++, answers(200, {})())
  words.value = "Jeg er ikke enig."
  press.click()
  press.click() // a double tap
  await soon()
  await soon()
  equal(asked, 1)
  equal(went.length, 1)
  equal(went[0], press)
  close()
})

test("without a network the words stay, and it says so beside them", async () => {
  const { form, words, press, went, close } = page()
  globalThis.fetch = () => Promise.reject(new TypeError("no network"))
  words.value = "Jeg er ikke enig."
  press.click()
  await soon()
  await soon()
  equal(went.length, 0)
  equal(words.value, "Jeg er ikke enig.")
  equal(form.querySelector('[role="alert"]')?.textContent, LOST)
  globalThis.fetch = answers(200, {})
  press.click()
  await soon()
  await soon()
  equal(form.querySelector('[role="alert"]'), null)
  equal(went.length, 1)
  close()
})

test("a server that knows nobody here any more says so in its own words", async () => {
  const { form, words, press, went, close } = page()
  globalThis.fetch = answers(404, { error: "session-over", text: "Open the link again." })
  words.value = "Jeg er ikke enig."
  press.click()
  await soon()
  await soon()
  equal(went.length, 0)
  equal(form.querySelector('[role="alert"]')?.textContent, "Open the link again.")
  close()
})

test("a form without words asks nobody anything", async () => {
  const { press, went, close } = page()
  let asked = 0
  globalThis.fetch = () => (asked++, answers(200, {})())
  press.click()
  await soon()
  equal(asked, 0)
  equal(went.length, 1)
  ok(went[0] === press)
  close()
})
