// @ts-check

/**
 * <copy-link> copies the link in its field, or without a field the address of this page, and
 * says so. Without script a field can be marked and copied by hand.
 *
 *   <copy-link data-copied="…" [data-failed="…"]>[<input readonly>]<button type="button"><span role="status">
 */
export class CopyLink extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    if (button) button.hidden = false
    button?.addEventListener("click", this.#copy)
  }

  #copy = async () => {
    const field = this.querySelector("input, textarea")
    const link = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : location.href
    const status = this.querySelector('[role="status"]')
    try {
      await navigator.clipboard.writeText(link)
      if (status) status.textContent = this.dataset.copied ?? ""
    } catch {
      // No permission, or no clipboard on this page: leave it marked, to be copied by hand.
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select()
      if (status) status.textContent = this.dataset.failed ?? ""
    }
  }
}

customElements.define("copy-link", CopyLink)
