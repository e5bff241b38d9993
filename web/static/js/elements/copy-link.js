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
    const status = this.querySelector('[role="status"]')
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    const isCopied = await copied(isField ? field.value : location.href)
    if (!isCopied && isField) field.select()
    if (status) status.textContent = (isCopied ? this.dataset.copied : this.dataset.failed) ?? ""
  }
}

/**
 * Browsers inside other apps often have no clipboard to write to; the old way still works there.
 *
 * @param {string} words
 */
async function copied(words) {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    const field = document.createElement("textarea")
    field.value = words
    field.className = "unseen"
    document.body.append(field)
    field.select()
    const isCopied = document.execCommand("copy")
    field.remove()
    return isCopied
  }
}

customElements.define("copy-link", CopyLink)
