// @ts-check

import { send } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"

/**
 * <our-list> is what the young person and the bisidder have agreed on: to be said, not to be said,
 * and their sign. What is typed stays in its field until the server has kept it (P10).
 */
export class OurList extends HTMLElement {
  #seat = 0

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const list = state?.aside?.list
    this.#seat = list?.seat ?? 0
    for (const opener of document.querySelectorAll('[data-opens="our-list"]')) {
      opener.toggleAttribute("hidden", !list)
    }
    for (const part of this.querySelectorAll("[data-about]")) {
      keepRows(
        the(part, "ul", HTMLElement),
        (list?.lines ?? []).filter((line) => line.about === part.getAttribute("data-about")),
        (line) => String(line.line),
        () => copyOf(this, "template"),
        (row, line) => fill(row, "text", line.text),
      )
    }
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    event.preventDefault()
    const form = /** @type {HTMLFormElement} */ (event.target)
    const field = the(form, "input", HTMLInputElement)
    const text = field.value.trim()
    const about = form.closest("[data-about]")?.getAttribute("data-about")
    if (text === "") return
    await this.#tried(async () => {
      await send(this, "list_add", { seat: this.#seat, about, text })
      if (field.value.trim() === text) field.value = ""
    })
    field.focus()
  }

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-remove]") : null
    const line = Number(button?.closest("li")?.dataset.key)
    if (line) this.#tried(() => send(this, "list_remove", { line }))
  }

  // Internal

  /** @param {() => Promise<unknown>} deed */
  async #tried(deed) {
    fill(this, "list-status", "")
    try {
      await deed()
    } catch (error) {
      const words = error instanceof Error && "text" in error ? String(error.text) : ""
      fill(this, "list-status", words || (this.dataset.failed ?? ""))
    }
  }
}

customElements.define("our-list", OurList)
