// @ts-check

import { send } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"

/**
 * <newcomer-cards> asks the young person about each person added after they had answered: who, and
 * why. No answer is not a yes (3.0.2).
 */
export class NewcomerCards extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const asked = /** @type {any[]} */ (state?.newcomers ?? [])
    this.hidden = !asked.length
    keepRows(
      the(this, "[data-rows]", HTMLElement),
      asked,
      (one) => one.seat,
      () => copyOf(this, "template"),
      (card, one) => {
        card.dataset.seat = one.seat
        fill(card, "newcomer-title", one.title)
        fill(card, "newcomer-text", one.text)
        fill(card, "newcomer-ask", one.ask)
      },
    )
  }

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-answer]") : null
    const card = button?.closest("[data-seat]")
    if (!(button instanceof HTMLElement) || !(card instanceof HTMLElement)) return
    const seat = Number(card.dataset.seat)
    send(this, "newcomer", { seat, answer: button.dataset.answer }).catch(() => {})
  }
}

customElements.define("newcomer-cards", NewcomerCards)
