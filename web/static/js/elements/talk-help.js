// @ts-check

import { fill } from "../lib/dom.js"

/**
 * <talk-help> keeps the host's own switches true: which of them are on, what can be done now, and
 * the word the young person would say. What is meant by them stands beside each in words.
 *
 *   <talk-help data-shows data-no-word="…"><button data-help="looking_away">…
 */
export class TalkHelp extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const help = state?.help
    if (!help) return
    for (const button of this.querySelectorAll("[data-help]")) {
      if (!(button instanceof HTMLElement)) continue
      const is = help[button.dataset.help ?? ""] === true
      button.setAttribute("aria-pressed", String(is))
      if (button.dataset.flips) button.dataset.fields = JSON.stringify({ ...extra(button), on: !is })
    }
    for (const part of this.querySelectorAll("[data-if]")) {
      part.toggleAttribute("hidden", help[part.getAttribute("data-if") ?? ""] !== true)
    }
    for (const part of this.querySelectorAll("[data-unless]")) {
      part.toggleAttribute("hidden", help[part.getAttribute("data-unless") ?? ""] === true)
    }
    fill(this, "stop-word", help.stop_word || (this.dataset.noWord ?? ""))
  }
}

/** @param {HTMLElement} button */
const extra = (button) => JSON.parse(button.dataset.flips || "{}")

customElements.define("talk-help", TalkHelp)
