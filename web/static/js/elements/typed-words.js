// @ts-check

import { reached } from "../lib/reached.js"

/**
 * <typed-words> keeps what was typed on a page whose forms go the ordinary way. Where nobody
 * answers, a browser leaves the page for one of its own and takes the words with it: so before a
 * form with words in it goes, it is asked whether we are there and still know who this is. Else
 * what is wrong stands beside the words, and they stay (P10).
 *
 *   <typed-words data-lost="…"></typed-words>
 */
export class TypedWords extends HTMLElement {
  /** @type {HTMLFormElement | null} */
  #going = null
  #isAsking = false

  connectedCallback() {
    document.addEventListener("submit", this.#submitted)
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.#submitted)
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form === this.#going) return
    if (!hasWords(form)) return
    event.preventDefault()
    if (this.#isAsking) return
    this.#isAsking = true
    this.#tell(form, "")
    const { isThere, text } = await reached()
    this.#isAsking = false
    if (!isThere) return this.#tell(form, text || (this.dataset.lost ?? ""))
    this.#going = form
    form.requestSubmit(event.submitter)
  }

  // Internal

  /**
   * @param {HTMLFormElement} form
   * @param {string} words
   */
  #tell(form, words) {
    form.querySelector("[data-not-kept]")?.remove()
    if (words === "") return
    const line = document.createElement("p")
    line.className = "error"
    line.setAttribute("role", "alert")
    line.setAttribute("data-not-kept", "")
    line.textContent = words
    const press = form.querySelector(".onward, .main-action, .answers:last-of-type")
    form.insertBefore(line, press?.parentElement === form ? press : null)
  }
}

/** @param {HTMLFormElement} form */
function hasWords(form) {
  return [...form.elements].some(
    (field) =>
      (field instanceof HTMLTextAreaElement ||
        (field instanceof HTMLInputElement && field.type === "text")) &&
      field.value.trim() !== "",
  )
}

customElements.define("typed-words", TypedWords)
