// Gå nu: Shift three times, what is left of a page, and nothing shown while nobody looks.

import { Thrice } from "../../web/static/js/lib/thrice.js"
import { veil } from "../../web/static/js/lib/veil.js"
import { equal, ok, test } from "./harness/test.mjs"

const SHIFT = { key: "Shift" }

/** Press and let go of each key, a second apart; say on which press it told. */
function pressed(...keys) {
  const thrice = new Thrice()
  return keys.findIndex((key, place) => {
    const told = thrice.press({ key }, place * 1000)
    thrice.release({ key })
    return told
  })
}

test("Shift three times is out, and nothing between", () => {
  equal(pressed("Shift", "Shift", "Shift"), 2)
  equal(pressed("Shift", "A", "Shift", "Shift"), -1)
  equal(pressed("Shift", "Shift", "Escape", "Shift", "Shift", "Shift"), 5)
  equal(pressed("Escape", "Escape", "Escape"), -1)
})

test("Shift held down, or pressed slowly, is one press", () => {
  const held = new Thrice()
  for (const repeat of [false, true, true, true]) ok(!held.press({ ...SHIFT, repeat }, 0))
  for (const _ of [1, 2, 3]) ok(!held.press(SHIFT, 1))
  const slow = new Thrice()
  for (const moment of [0, 6000, 12000, 18000]) {
    ok(!slow.press(SHIFT, moment))
    slow.release(SHIFT)
  }
})

test("a page that is frozen shows nothing, and one that is kept has nothing left", () => {
  const page = document.implementation.createHTMLDocument()
  page.body.append("Sofie")
  const screen = new EventTarget()
  veil(page, screen)
  page.dispatchEvent(new Event("freeze"))
  ok(page.documentElement.classList.contains("veiled"))
  page.dispatchEvent(new Event("resume"))
  ok(!page.documentElement.classList.contains("veiled"))
  equal(page.body.textContent, "Sofie")
  screen.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))
  ok(page.documentElement.classList.contains("veiled"))
  equal(page.body.textContent, "")
})

test("somebody who is here sees their page, whatever the browser said before", () => {
  const page = document.implementation.createHTMLDocument()
  const screen = new EventTarget()
  veil(page, screen)
  for (const sign of ["focus", "pointerdown", "keydown"]) {
    page.dispatchEvent(new Event("freeze"))
    screen.dispatchEvent(new Event(sign))
    ok(!page.documentElement.classList.contains("veiled"))
  }
})
