// @ts-check

import { copyOf, fill, keepRows } from "../lib/dom.js"
import { post, postTo } from "../lib/quietly.js"

const REST = 800 // ms after the last key before a draft is kept

/**
 * <note-panel> is the caseworker's note beside the call. Its forms work without script; with it
 * they post quietly, keep what was typed until it is saved, and keep drafts as one types (P10).
 *
 *   <note-panel data-shows data-draft="/meetings/7/draft" data-saving="…" data-saved="…" data-failed="…">
 *     <ol data-items></ol><template data-item>…</template>
 *     <form method="post" action="…" data-clears>…</form>
 *     <p role="status" data-fill="note-status">
 *
 * A `[data-draft-of=name]` field is posted to `data-draft` as `name` and `text` while typing. The
 * list follows the `items` message, so the young person's choices show as they are made.
 */
export class NotePanel extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("input", this.#typed)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  show(/** @type {import("../call/session.js").Session} */ { items }) {
    const list = this.querySelector("[data-items]")
    if (!list) return
    keepRows(
      list,
      items,
      (item) => String(item.item),
      () => copyOf(this, "template[data-item]"),
      (row, item) => this.#fill(row, item),
    )
  }

  // Callbacks

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    clearTimeout(this.#timer)
    this.#say(this.dataset.saving)
    const sent = new FormData(form)
    const { ok, told } = await post(form, event.submitter)
    this.#say(told.text ?? (ok ? this.dataset.saved : this.dataset.failed))
    if (ok) this.#settle(form, sent)
  }

  /** @param {Event} event */
  #typed = (event) => {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement) || !this.dataset.draft) return
    const name = field.dataset.draftOf
    if (!name) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#keep(name, field), REST)
  }

  // Internal

  /**
   * @param {string} name
   * @param {HTMLTextAreaElement} field
   */
  async #keep(name, field) {
    const fields = new FormData()
    fields.set("name", name)
    fields.set("text", field.value)
    const { ok, told } = await postTo(this.dataset.draft ?? "", fields)
    this.#say(told.text ?? (ok ? this.dataset.saved : this.dataset.failed))
  }

  /**
   * Saved: the form is ready for the next item, but for what was typed while it was sent.
   *
   * @param {HTMLFormElement} form
   * @param {FormData} sent
   */
  #settle(form, sent) {
    for (const field of form.querySelectorAll("textarea")) {
      if (sent.get(field.name) !== field.value) continue
      if ("clears" in form.dataset) field.value = ""
      field.defaultValue = field.value
    }
  }

  /**
   * @param {HTMLElement} row
   * @param {any} item
   */
  #fill(row, item) {
    fill(row, "text", item.text)
    fill(row, "home", item.home_text ?? "")
    fill(row, "choice", item.choice_label ?? "")
    fill(row, "standing", item.standing ?? "")
    for (const form of row.querySelectorAll("form[data-action]")) {
      form.setAttribute("action", (form.getAttribute("data-action") ?? "").replace("{item}", item.item))
    }
    for (const field of row.querySelectorAll('input[name="revision"]')) {
      field.setAttribute("value", String(item.revision))
    }
    for (const field of row.querySelectorAll("textarea")) {
      const words = (field.name === "home_text" ? item.home_text : item.text) ?? ""
      // Never under somebody's hands: only a field nobody has changed follows.
      if (field.value === field.defaultValue) field.value = field.defaultValue = words
    }
  }

  /** @param {string | undefined} words */
  #say(words) {
    fill(this, "note-status", words ?? "")
  }
}

customElements.define("note-panel", NotePanel)
