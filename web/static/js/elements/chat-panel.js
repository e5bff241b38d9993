// @ts-check

import { copyOf, fill, keepRows, the } from "../lib/dom.js"
import { send } from "../lib/deed.js"

/**
 * <chat-panel> is the written word of the meeting. Its top line says that all of it goes to the
 * file (P7). What is typed stays in the field until the server has kept it (P10).
 *
 *   <chat-panel data-shows data-sending="…" data-failed="…">
 */
export class ChatPanel extends HTMLElement {
  #shown = 0
  #isSending = false

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("keydown", this.#key)
  }

  show(/** @type {import("../call/session.js").Session} */ { chat, state }) {
    // The written word waits (D6); what was typed stays in the field, and can be typed on.
    const waits = state?.chat_pause ?? ""
    fill(this, "chat-pause", waits)
    for (const button of this.querySelectorAll("form button")) {
      button.setAttribute("aria-disabled", String(waits !== ""))
    }
    const list = the(this, "ol", HTMLElement)
    keepRows(
      list,
      chat,
      (said) => String(said.id),
      () => copyOf(this, "template"),
      (row, said) => {
        row.classList.toggle("said--mine", said.mine)
        row.classList.toggle("said--young", said.young)
        for (const mark of row.querySelectorAll("[data-doubts]")) {
          mark.setAttribute("data-fields", JSON.stringify({ on: true, message: said.id }))
        }
        for (const field of row.querySelectorAll("input[name=words]")) {
          field.setAttribute("value", said.text)
        }
        fill(row, "name", said.name)
        fill(row, "at", said.at)
        fill(row, "text", said.text)
      },
    )
    const isNew = chat.length > this.#shown
    this.#shown = chat.length
    // A list that scrolls is reached by keyboard; an empty one is nothing to stop at.
    if (isNew) list.parentElement?.setAttribute("tabindex", "0")
    if (isNew) list.lastElementChild?.scrollIntoView({ block: "nearest" })
    if (isNew) this.#announce()
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.classList.contains("chat__form")) return
    event.preventDefault()
    const field = the(this, "textarea", HTMLTextAreaElement)
    const text = field.value.trim()
    if (text === "" || this.#isSending) return
    this.#isSending = true
    fill(this, "chat-status", this.dataset.sending ?? "")
    try {
      await send(this, "chat", { text })
      // Only what was sent goes: somebody may have typed on meanwhile.
      if (field.value.trim() === text) field.value = ""
      fill(this, "chat-status", "")
    } catch (error) {
      const words = error instanceof Error && "text" in error ? String(error.text) : ""
      fill(this, "chat-status", words || (this.dataset.failed ?? ""))
    } finally {
      this.#isSending = false
      field.focus()
    }
  }

  /** Enter sends, Shift and Enter makes a new line; on a phone Enter is a new line. @param {KeyboardEvent} event */
  #key = (event) => {
    const isTouch = matchMedia("(pointer: coarse)").matches
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isTouch) return
    if (!(event.target instanceof HTMLTextAreaElement)) return
    event.preventDefault()
    event.target.form?.requestSubmit()
  }

  // Internal

  /** Somebody wrote while the panel is closed: its button says so, in words. */
  #announce() {
    const isClosed = this.closest("[hidden]") !== null
    for (const mark of document.querySelectorAll("[data-unread]")) {
      mark.toggleAttribute("hidden", !isClosed)
    }
  }
}

customElements.define("chat-panel", ChatPanel)
