// @ts-check

/**
 * <shown-briefly> takes what it holds off the screen after a while, and says so: a link that opens
 * a meeting is not to stand on a desk. Leaving the page and coming back finds nothing either.
 *
 *   <shown-briefly data-seconds="60" data-gone="…" tabindex="-1">…</shown-briefly>
 */
export class ShownBriefly extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#timer = setTimeout(this.#hide, Number(this.dataset.seconds) * 1000)
    addEventListener("pagehide", this.#hide)
    this.focus({ preventScroll: true })
    this.scrollIntoView({ block: "nearest" })
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    removeEventListener("pagehide", this.#hide)
  }

  #hide = () => {
    const words = document.createElement("p")
    words.textContent = this.dataset.gone ?? ""
    words.setAttribute("role", "status")
    this.replaceChildren(words)
  }
}

customElements.define("shown-briefly", ShownBriefly)
