// @ts-check

/**
 * <call-keys> presses the call's buttons by single keys, and lists them. Each `[data-key]` in the
 * list names its key, and `data-presses` the button. They do nothing in a field one writes in, nor
 * with Ctrl or Alt held, and can be switched off for whoever steers the page by keys of their own
 * (WCAG 2.1.4).
 */
export class CallKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }

  /** @param {KeyboardEvent} event */
  #pressed = (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
    if (this.querySelector("input:checked")?.getAttribute("value") === "off" || isWriting(event.target)) return
    const row = [...this.querySelectorAll("[data-key]")].find(
      (each) => each.getAttribute("data-key") === event.key.toLowerCase(),
    )
    if (!row) return
    const room = this.closest("call-room") ?? document
    const button = [...room.querySelectorAll(row.getAttribute("data-presses") ?? "")].find(
      (each) => each.getClientRects().length > 0,
    )
    if (!(button instanceof HTMLElement)) return
    event.preventDefault()
    button.click()
  }
}

/** @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || (target.matches("input, textarea, select") && !target.matches('[type="radio"]')))

customElements.define("call-keys", CallKeys)
