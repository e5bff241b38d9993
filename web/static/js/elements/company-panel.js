// @ts-check

import { send } from "../lib/deed.js"
import { fill, the } from "../lib/dom.js"

/**
 * <company-panel> is where an adult says who sits beside their camera: "Der kom en ind". Everyone
 * is told in words at once; an empty field means alone again (P9).
 */
export class CompanyPanel extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const company = state?.you.company ?? ""
    const alone = this.querySelector("[data-alone]")
    alone?.toggleAttribute("hidden", company === "")
    const field = the(this, "input", HTMLInputElement)
    if (document.activeElement !== field && field.value === field.defaultValue) {
      field.value = field.defaultValue = company
    }
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = (event) => {
    event.preventDefault()
    this.#declare(the(this, "input", HTMLInputElement).value.trim())
  }

  /** @param {Event} event */
  #pressed = (event) => {
    if (event.target instanceof Element && event.target.closest("[data-alone]")) this.#declare("")
  }

  // Internal

  /** @param {string} text */
  async #declare(text) {
    const field = the(this, "input", HTMLInputElement)
    try {
      await send(this, "company", { text })
      field.value = field.defaultValue = text
      fill(this, "company-status", this.dataset.done ?? "")
    } catch (error) {
      fill(this, "company-status", error instanceof Error && "text" in error ? String(error.text) : "")
    }
  }
}

customElements.define("company-panel", CompanyPanel)
