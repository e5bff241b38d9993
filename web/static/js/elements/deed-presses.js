// @ts-check

import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"

/**
 * <deed-presses> sends what the button pressed inside it says, as a deed of the call, and tells in
 * its `[data-fill=press-status]` how it went. A button with `data-then` opens that panel afterwards.
 *
 *   <deed-presses data-done="…"><button data-sends="card" data-fields='{"card": "hard"}'>…</button>
 */
export class DeedPresses extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-sends]") : null
    if (!(button instanceof HTMLElement)) return
    fill(this, "press-status", "")
    try {
      await send(this, button.dataset.sends ?? "", JSON.parse(button.dataset.fields ?? "{}"))
      fill(this, "press-status", button.dataset.done ?? this.dataset.done ?? "")
      this.#open(button.dataset.then)
    } catch (error) {
      fill(this, "press-status", error instanceof Error && "text" in error ? String(error.text) : "")
    }
  }

  /** @param {string | undefined} panel */
  #open(panel) {
    if (!panel) return
    const opener = document.querySelector(`[data-opens="${panel}"]`)
    if (opener instanceof HTMLElement) opener.click()
  }
}

customElements.define("deed-presses", DeedPresses)
