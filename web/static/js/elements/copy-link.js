// @ts-check

import { fill } from "../lib/dom.js"

/**
 * <copy-link> copies the link in its field and says so. Without script the field can be marked
 * and copied by hand; the button shows only when it can do something.
 *
 *   <copy-link data-done="…" data-failed="…"><input readonly …><button type="button" hidden>
 */
export class CopyLink extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    if (button && navigator.clipboard) button.hidden = false
    button?.addEventListener("click", this.#copy)
  }

  #copy = async () => {
    const field = this.querySelector("input, textarea")
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return
    try {
      await navigator.clipboard.writeText(field.value)
      fill(this, "said", this.dataset.done ?? "")
    } catch {
      field.select()
      fill(this, "said", this.dataset.failed ?? "")
    }
  }
}

customElements.define("copy-link", CopyLink)
