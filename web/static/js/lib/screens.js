// @ts-check

import { fill } from "./dom.js"

/**
 * Show the sections whose `data-phase` names this phase and hide the others, with the words the
 * server gave for it.
 *
 * @param {HTMLElement} root
 * @param {string} phase
 * @param {import("../call/session.js").Shown | null} state
 */
export function showScreen(root, phase, state) {
  for (const section of root.querySelectorAll("[data-phase]")) {
    const phases = section.getAttribute("data-phase")?.split(" ") ?? []
    section.toggleAttribute("hidden", !phases.includes(phase))
  }
  fill(root, "screen-title", state?.title ?? "")
  fill(root, "screen-text", state?.text ?? "")
  fill(root, "card-title", state?.card?.title ?? "")
  fill(root, "card-text", state?.card?.text ?? "")
  root.toggleAttribute("data-has-card", !!state?.card)
  for (const place of root.querySelectorAll("[data-card]")) {
    place.toggleAttribute("hidden", !state?.card)
  }
}

/**
 * Put the focus on the title of the screen that came, so that a keyboard and a screen reader
 * are where the eyes are.
 *
 * @param {HTMLElement} root
 */
export function focusTitle(root) {
  const titles = [...root.querySelectorAll("h1")]
  titles.find((title) => title.closest("[hidden]") === null)?.focus({ preventScroll: true })
  scrollTo(0, 0)
}
