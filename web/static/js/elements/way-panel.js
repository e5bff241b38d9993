// @ts-check

import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"

/**
 * <way-panel> is where "på en anden måde" leads from the call page: six ways, no reason asked.
 * The answer goes to the caseworker alone and makes no change on anybody's screen (P3). Whoever
 * wants another time or place finds the caseworker's own ones above (`[data-options]`).
 */
export class WayPanel extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-way]") : null
    if (!(button instanceof HTMLElement)) return
    fill(this, "way-status", "")
    try {
      await send(this, "another_way", { way: button.dataset.way })
      for (const other of this.querySelectorAll("[data-way]")) {
        other.classList.toggle("answer--chosen", other === button)
        other.setAttribute("aria-pressed", String(other === button))
      }
      for (const options of this.querySelectorAll("[data-options]")) {
        const isWanted = options.getAttribute("data-options") === button.dataset.way
        options.toggleAttribute("hidden", !isWanted)
        if (isWanted) options.scrollIntoView({ block: "nearest" })
      }
      fill(this, "way-status", button.dataset.told ?? this.dataset.told ?? "")
    } catch (error) {
      fill(this, "way-status", error instanceof Error && "text" in error ? String(error.text) : "")
    }
  }
}

customElements.define("way-panel", WayPanel)
