// @ts-check

import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"

/**
 * <just-us> asks the young person, once somebody wanted at the start only waits outside, whether
 * it is only the two of them now (U5). Both answers are as near.
 */
export class JustUs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const ask = state?.aside?.ask
    this.hidden = !ask
    this.closest("call-room")?.toggleAttribute("data-has-just-us", !!ask)
    for (const part of /** @type {const} */ (["title", "text", "yes", "no"])) {
      fill(this, `ask-${part}`, ask?.[part] ?? "")
    }
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-yes]") : null
    if (!(button instanceof HTMLElement)) return
    send(this, "just_us", { yes: button.dataset.yes === "true" }).catch(() => {})
  }
}

customElements.define("just-us", JustUs)
