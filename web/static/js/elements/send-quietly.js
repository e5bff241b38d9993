// @ts-check

import { post } from "../lib/quietly.js"

/**
 * <send-quietly> posts the form inside it without leaving the page and says how it went in its
 * `role=status`. When it does not get through, every typed word is still there.
 *
 *   <send-quietly [data-sending="…"] [data-failed="…"] [data-clears]><form method="post" …>
 *
 * Event: `sent` (detail: what the server told).
 */
export class SendQuietly extends HTMLElement {
  #isSending = false

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
  }

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    if (this.#isSending) return
    this.#isSending = true
    this.#say(this.dataset.sending)
    const { ok, told } = await post(form, event.submitter)
    this.#isSending = false
    this.#say(told.text ?? (ok ? this.dataset.done : this.dataset.failed))
    if (!ok) return
    if ("clears" in this.dataset) form.reset()
    this.#choose(form, event.submitter)
    this.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: told }))
  }

  // Internal

  /** @param {string | undefined} words */
  #say(words) {
    const status = this.querySelector('[role="status"]')
    if (status) status.textContent = words ?? ""
  }

  /**
   * An answer that was kept is the chosen one from now on.
   *
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} pressed
   */
  #choose(form, pressed) {
    if (!pressed?.classList.contains("answer")) return
    for (const answer of form.querySelectorAll(".answer")) {
      answer.classList.toggle("answer--chosen", answer === pressed)
      if (answer === pressed) answer.setAttribute("aria-current", "true")
      else answer.removeAttribute("aria-current")
    }
  }
}

customElements.define("send-quietly", SendQuietly)
