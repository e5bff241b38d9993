// @ts-check

/**
 * <bar-more> keeps a narrow bar to one row: its button opens what has no room there in a row
 * above, and the first press in it, or Escape, closes it again. On a wide screen everything
 * stands in the bar and the button is not there. The host's bar and the guest's row of openers
 * each have one.
 *
 *   <bar-more><button aria-expanded="false" aria-controls="bar-more">…</button></bar-more>
 *   <div class="tray tray--more" id="bar-more">…</div>
 */
export class BarMore extends HTMLElement {
  connectedCallback() {
    this.#bar.addEventListener("click", this.#pressed)
    this.#bar.addEventListener("keydown", this.#key)
  }

  disconnectedCallback() {
    this.#bar.removeEventListener("click", this.#pressed)
    this.#bar.removeEventListener("keydown", this.#key)
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    if (!(event.target instanceof Element)) return
    if (this.contains(event.target)) this.#open(!this.#isOpen)
    else if (event.target.closest(".tray--more, .openers-more")) this.#open(false)
  }

  /** @param {Event} event */
  #key = (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || !this.#isOpen) return
    event.stopPropagation()
    this.#open(false)
    this.querySelector("button")?.focus()
  }

  // Internal

  /** @returns {HTMLElement} */
  get #bar() {
    return this.closest(".control-bar, .call-openers") ?? this
  }

  get #isOpen() {
    return this.#bar.hasAttribute("data-more")
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.#bar.toggleAttribute("data-more", isOpen)
    this.querySelector("button")?.setAttribute("aria-expanded", String(isOpen))
  }
}

customElements.define("bar-more", BarMore)
