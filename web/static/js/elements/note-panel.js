// @ts-check

import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"
import { fetched } from "../lib/fetched.js"
import { focusAgain, isInUse, pressedIn, tellWrong } from "../lib/note-rows.js"
import { post, postTo } from "../lib/quietly.js"

const REST = 800 // ms after the last key before a draft is kept
const PATIENCE = 10_000 // ms for a draft on its way; the next one waits for it

/**
 * <note-panel> wraps the caseworker's note beside the call. Its forms are those of the note's own
 * page; here they post quietly, keep what was typed until it is saved, and keep drafts as one
 * types (P10). The lists are read again after each save and each choice the young person makes.
 *
 *   <note-panel data-shows data-page="/meetings/7/note" data-failed="…">{% include "noting/panel.html" %}
 *
 * A form says in `data-place` where its draft belongs and in `data-revision` which one it knows: where
 * another window has written into the same field, both texts are shown and nothing is lost.
 * `[data-kept]` says how it went, `[data-hints]` what could be looked at again.
 */
export class NotePanel extends HTMLElement {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} by the place of a field */
  #timers = new Map()
  /** @type {Map<string, Promise<void>>} the drafts on their way, by the place of a field */
  #onItsWay = new Map()
  #shown = "[]"
  /** @type {{item: number, label: string} | null} the line both look at, in the talk */
  #reading = null

  connectedCallback() {
    this.addEventListener("submit", this.#submitted)
    this.addEventListener("input", this.#typed)
    this.addEventListener("click", this.#pressed)
  }

  disconnectedCallback() {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  show(/** @type {import("../call/session.js").Session} */ { items, reading = NOBODY }) {
    this.#reading = reading
    this.#together()
    const now = JSON.stringify(items)
    if (now === this.#shown) return
    this.#shown = now
    this.#refresh()
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-points]") : null
    if (!(button instanceof HTMLElement)) return
    try {
      await send(this, "point", { item: Number(button.dataset.points) })
    } catch (error) {
      this.#say(error instanceof Error && "text" in error ? String(error.text) : this.dataset.failed)
    }
  }

  /** @param {SubmitEvent} event */
  #submitted = async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    clearTimeout(this.#timers.get(form.dataset.place ?? ""))
    const sent = new FormData(form)
    const { ok, told } = await post(form, event.submitter)
    tellWrong(form, told.fields ?? {})
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
    clearTimeout(this.#timers.get(place))
    this.#timers.set(place, setTimeout(() => this.#keep(place, field), REST))
  }

  // Internal

  /**
   * One after the other, since each names the revision that the one before was given.
   *
   * @param {string} place
   * @param {HTMLTextAreaElement} field
   */
  #keep(place, field) {
    const before = this.#onItsWay.get(place) ?? Promise.resolve()
    this.#onItsWay.set(place, before.then(() => this.#keepNow(place, field)))
  }

  /**
   * @param {string} place
   * @param {HTMLTextAreaElement} field
   * @returns {Promise<void>}
   */
  async #keepNow(place, field) {
    const fields = new FormData()
    fields.set("place", place)
    fields.set("text", field.value)
    fields.set("revision", field.form?.dataset.revision ?? "0")
    const { ok, status, told } = await postTo("/drafts", fields, AbortSignal.timeout(PATIENCE))
    if (ok) return this.#kept(field, told)
    if (status === 409 && typeof told.other === "string") return this.#meet(place, field, told)
    this.#say(this.dataset.failed)
  }

  /**
   * @param {HTMLTextAreaElement} field
   * @param {Record<string, any>} told
   */
  #kept({ form }, { revision, hints = [] }) {
    if (!form) return
    form.dataset.revision = String(revision)
    const rows = hints.map((/** @type {string} */ words) =>
      Object.assign(document.createElement("li"), { textContent: words }),
    )
    form.querySelector("[data-hints]")?.replaceChildren(...rows)
  }

  /**
   * Another window wrote here first: its words stand under the field until somebody says which
   * ones go on. Where it holds none any more they were sent, from here or there, and stand in the
   * note: nothing is lost by going on.
   *
   * @param {string} place
   * @param {HTMLTextAreaElement} field
   * @param {Record<string, any>} told
   * @returns {Promise<void> | void}
   */
  #meet(place, field, told) {
    const form = field.form
    const model = this.querySelector("template[data-conflict]")
    if (!form || !(model instanceof HTMLTemplateElement)) return
    if (!told.other) {
      form.dataset.revision = String(told.revision)
      return this.#keepNow(place, field)
    }
    form.querySelector(".note-conflict")?.remove()
    const shown = /** @type {DocumentFragment} */ (model.content.cloneNode(true))
    const other = shown.querySelector("[data-fill]")
    if (other) other.textContent = told.other
    for (const press of shown.querySelectorAll("button")) {
      press.addEventListener("click", () => {
        form.dataset.revision = String(told.revision)
        if (press.dataset.takes === "theirs") field.value = told.other
        form.querySelector(".note-conflict")?.remove()
        field.focus()
        this.#keep(place, field)
      })
    }
    field.closest(".field")?.after(shown)
    this.#say(told.text)
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
      const words = String(sent.get(field.name) ?? "")
      // What was typed on behind them meanwhile is the beginning of the next.
      if (isNew && field.value.startsWith(words)) field.value = field.value.slice(words.length)
      else if (field.value !== words) continue
      field.defaultValue = isNew ? "" : field.value
    }
    form.querySelector("[data-hints]")?.replaceChildren()
    for (const choice of form.querySelectorAll("select")) {
      if (sent.get(choice.name) === choice.value) choice.value = ""
    }
    for (const field of isNew ? [] : form.querySelectorAll("input")) {
      if (sent.get(field.name) === field.value) field.value = field.defaultValue
    }
  }

  /**
   * Read the list again, and leave alone whatever somebody is writing in. A row closes over what
   * was just saved in it, as on the note's own page: what became of it stands on top.
   *
   * @param {HTMLFormElement | null} saved
   */
  async #refresh(saved = null) {
    const page = await fetched(this.dataset.page ?? "", "body")
    if (!page) return
    for (const list of this.querySelectorAll("[data-items]")) {
      const fresh = page.querySelector(`[data-items="${list.getAttribute("data-items")}"]`)
      if (fresh) this.#renew(list, fresh, saved)
    }
    if (this.#reading) this.#together()
    for (const part of this.querySelectorAll("[data-derived]")) {
      const fresh = page.querySelector(`[data-derived="${part.getAttribute("data-derived")}"]`)
      if (fresh) part.replaceWith(fresh)
    }
    for (const form of this.querySelectorAll("form[data-place]")) {
      const fresh = page.querySelector(`form[data-place="${form.getAttribute("data-place")}"]`)
      const field = form.querySelector("textarea")
      const unsent = fresh?.querySelector("textarea")
      if (!field || !unsent || field === document.activeElement || field.value !== field.defaultValue) continue
      field.value = field.defaultValue = unsent.defaultValue
      form.setAttribute("data-revision", fresh?.getAttribute("data-revision") ?? "0")
    }
  }

  /** Each line can be shown to the young person, and the one that is shown is marked. */
  #together() {
    const { item, label } = this.#reading ?? { item: 0, label: "" }
    for (const row of this.querySelectorAll("[data-item]")) {
      const isShown = row.getAttribute("data-item") === `${item}`
      row.toggleAttribute("data-shown", isShown)
      for (const press of row.querySelectorAll("[data-points]")) {
        press.toggleAttribute("hidden", isShown !== (press.getAttribute("data-points") === "0"))
      }
    }
    const strip = this.querySelector("[data-reading]")
    strip?.toggleAttribute("hidden", item === 0)
    if (strip) fill(strip, "reading", label)
  }

  /**
   * @param {Element} list
   * @param {Element} fresh
   * @param {HTMLFormElement | null} saved
   */
  #renew(list, fresh, saved) {
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

/** No line of the note is shown. */
const NOBODY = { item: 0, label: "" }

customElements.define("note-panel", NotePanel)
