// @ts-check

import { fetched } from "../lib/fetched.js"
import { post, postTo } from "../lib/quietly.js"

const REST = 800 // ms after the last key before a draft is kept

/**
 * <note-panel> wraps the caseworker's note beside the call. Its forms are those of the note's own
 * page; here they post quietly, keep what was typed until it is saved, and keep drafts as one
 * types (P10). The list is read again after each save and each choice the young person makes.
 *
 *   <note-panel data-shows data-page="/meetings/7/note" data-failed="…">{% include "noting/panel.html" %}
 *
 * A form says in `data-place` where its draft belongs; `[data-kept]` says how it went.
 */
export class NotePanel extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #shown = "[]"

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("input", this.#typed)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  show(/** @type {import("../call/session.js").Session} */ { items }) {
    const now = JSON.stringify(items)
    if (now === this.#shown) return
    this.#shown = now
    this.#refresh()
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    clearTimeout(this.#timer)
    const sent = new FormData(form)
    const { ok, told } = await post(form, event.submitter)
    this.#say(told.text ?? (ok ? "" : this.dataset.failed))
    if (!ok) return
    this.#settle(form, sent)
    await this.#refresh(form)
  }

  /** @param {Event} event */
  #typed = (event) => {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement)) return
    const place = field.form?.dataset.place
    if (!place) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#keep(place, field), REST)
  }

  // Internal

  /**
   * @param {string} place
   * @param {HTMLTextAreaElement} field
   */
  async #keep(place, field) {
    const fields = new FormData()
    fields.set("place", place)
    fields.set("text", field.value)
    const { ok } = await postTo("/drafts", fields)
    if (!ok) this.#say(this.dataset.failed)
  }

  /**
   * Saved: the fields are as the server has them, but for what was typed while it was sent.
   *
   * @param {HTMLFormElement} form
   * @param {FormData} sent
   */
  #settle(form, sent) {
    const isNew = form.classList.contains("note__new")
    for (const field of form.querySelectorAll("textarea")) {
      if (sent.get(field.name) !== field.value) continue
      if (isNew) field.value = ""
      field.defaultValue = field.value
    }
    for (const choice of form.querySelectorAll("select")) {
      if (sent.get(choice.name) === choice.value) choice.value = ""
    }
  }

  /**
   * Read the list again, and leave alone whatever somebody is writing in. A row closes over what
   * was just saved in it, as on the note's own page: what became of it stands on top.
   *
   * @param {HTMLFormElement | null} saved
   */
  async #refresh(saved = null) {
    const list = this.querySelector("[data-items]")
    const fresh = await fetched(this.dataset.page ?? "", "[data-items]")
    if (!list || !fresh) return
    const rows = new Map([...fresh.children].map((row) => [row.getAttribute("data-item"), row]))
    for (const old of [...list.children]) {
      const row = rows.get(old.getAttribute("data-item"))
      rows.delete(old.getAttribute("data-item"))
      if (isInUse(old)) continue
      const more = row?.querySelector("details")
      if (more && old.querySelector("details[open]") && !old.contains(saved)) more.open = true
      const pressed = old.contains(document.activeElement) ? pressedIn(old) : ""
      if (row) old.replaceWith(row)
      else old.remove()
      if (row && pressed) focusAgain(row, pressed)
    }
    list.append(...rows.values())
  }

  /** @param {string | undefined} words */
  #say(words) {
    const status = this.querySelector("[data-kept]")
    if (status) status.textContent = words ?? ""
  }
}

/** Somebody is in one of its fields, or left words there unsaved. @param {Element} row */
const isInUse = (row) =>
  [...row.querySelectorAll("textarea")].some(
    (field) => field === document.activeElement || field.value !== field.defaultValue,
  ) ||
  [...row.querySelectorAll("select")].some(
    (choice) => choice === document.activeElement || choice.value !== "",
  )

/** Which press the focus stands on: where the form goes, or the row itself. @param {Element} row */
const pressedIn = (row) => document.activeElement?.closest("form")?.getAttribute("action") ?? "summary"

/**
 * The button just pressed may be gone with what it did; the focus stays in its row all the same.
 *
 * @param {Element} row
 * @param {string} pressed
 */
function focusAgain(row, pressed) {
  const form = [...row.querySelectorAll("form")].find((one) => one.getAttribute("action") === pressed)
  const again = form?.querySelector("button")
  const place = again?.checkVisibility() ? again : row.querySelector("summary")
  place?.focus()
}

customElements.define("note-panel", NotePanel)
