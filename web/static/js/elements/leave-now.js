// @ts-check

import { leave } from "../lib/leaving.js"
import { Thrice } from "../lib/thrice.js"

/**
 * <leave-now> is "Gå nu", by a press or by Shift three times (P8, L18): see lib/leaving.js. Without
 * script its form does the same, one breath later.
 *
 *   <leave-now data-to="/arriving/gone"><form method="post" action="/calling/leave">…</form></leave-now>
 */
export class LeaveNow extends HTMLElement {
  #thrice = new Thrice()

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    addEventListener("keydown", this.#down, true)
    addEventListener("keyup", this.#up, true)
    addEventListener("pointerdown", this.#pressed, true)
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.#down, true)
    removeEventListener("keyup", this.#up, true)
    removeEventListener("pointerdown", this.#pressed, true)
  }

  // Actions

  go() {
    const form = this.querySelector("form")
    leave(form?.action ?? "/calling/leave", this.dataset.to ?? "/arriving/gone")
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = (event) => {
    event.preventDefault()
    this.go()
  }

  /** @param {KeyboardEvent} event */
  #down = (event) => {
    if (this.#thrice.press(event, event.timeStamp)) this.go()
  }

  /** @param {KeyboardEvent} event */
  #up = (event) => this.#thrice.release(event)

  #pressed = () => this.#thrice.forget()
}

customElements.define("leave-now", LeaveNow)
