// @ts-check

import { send } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"

const SETTLES = 600 // ms in which what just came cannot be pressed by mistake

/**
 * <newcomer-cards> asks the young person about each person added after they had answered: who, and
 * why. No answer is not a yes (3.0.2). One stands there at a time, and comes under nobody's finger:
 * a press that was meant for what stood there before says yes to nobody.
 */
export class NewcomerCards extends HTMLElement {
  #front = ""
  #since = 0

  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const asked = /** @type {any[]} */ (state?.newcomers ?? [])
    this.hidden = !asked.length
    this.closest("call-room")?.toggleAttribute("data-has-newcomer", asked.length > 0)
    const front = asked.length ? String(asked[0].seat) : ""
    if (front !== this.#front) this.#since = performance.now()
    this.#front = front
    keepRows(
      the(this, "[data-rows]", HTMLElement),
      asked,
      (one) => one.seat,
      () => copyOf(this, "template"),
      (card, one) => {
        card.dataset.seat = one.seat
        card.hidden = String(one.seat) !== front
        fill(card, "newcomer-title", one.title)
        fill(card, "newcomer-text", one.text)
        fill(card, "newcomer-ask", one.ask)
      },
    )
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-answer]") : null
    const card = button?.closest("[data-seat]")
    if (!(button instanceof HTMLElement) || !(card instanceof HTMLElement)) return
    if (performance.now() - this.#since < SETTLES) return
    const seat = Number(card.dataset.seat)
    fill(card, "newcomer-status", "")
    try {
      await send(this, "newcomer", { seat, answer: button.dataset.answer })
    } catch (error) {
      fill(card, "newcomer-status", error instanceof Error && "text" in error ? String(error.text) : "")
    }
  }
}

customElements.define("newcomer-cards", NewcomerCards)
