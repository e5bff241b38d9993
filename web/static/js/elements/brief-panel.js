// @ts-check

import { press } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"

/**
 * <brief-panel> shows the host how the young person wants it, and lets them tick what they have
 * asked again by voice (design 2, "answers grow old").
 */
export class BriefPanel extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const brief = state?.brief
    this.hidden = !brief
    if (!brief) return
    keepRows(
      the(this, "dl", HTMLElement),
      /** @type {any[]} */ (brief.rows),
      (row) => row.label,
      () => copyOf(this, "template"),
      (line, row) => {
        fill(line, "label", row.label)
        fill(line, "value", row.struck ? "" : row.value)
        fill(line, "struck", row.struck ? row.value : "")
        const again = the(line, "[data-question]", HTMLElement)
        again.hidden = !row.ask_again
        again.dataset.question = row.ask_again ?? ""
        fill(line, "again", row.ask_again_label ?? "")
      },
    )
    const band = the(this, ".band", HTMLElement)
    band.hidden = !brief.band
    fill(this, "band", brief.band ?? "")
  }

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-question]") : null
    const question = button instanceof HTMLElement ? button.dataset.question : ""
    if (question) press(this, "asked_again", { question })
  }
}

customElements.define("brief-panel", BriefPanel)
