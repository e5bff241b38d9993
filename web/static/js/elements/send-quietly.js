// @ts-check

import { fill } from "../lib/dom.js"
import { post } from "../lib/quietly.js"

/**
 * <send-quietly> posts the form inside it without leaving the page and says how it went in its
 * `[data-fill=said]`. When it does not get through, every typed word is still there.
 *
 *   <send-quietly data-sending="…" data-failed="…" [data-clears]><form method="post" …>
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
    fill(this, "said", this.dataset.sending ?? "")
    const { ok, told } = await post(form, event.submitter)
    this.#isSending = false
    fill(this, "said", told.text ?? (ok ? (this.dataset.done ?? "") : (this.dataset.failed ?? "")))
    if (!ok) return
    if ("clears" in this.dataset) form.reset()
    this.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: told }))
  }
}

customElements.define("send-quietly", SendQuietly)
