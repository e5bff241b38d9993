// @ts-check

import { send } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"
import { fetched } from "../lib/fetched.js"
import { postTo } from "../lib/quietly.js"

/**
 * <choice-panel> lets the young person read the note while it is written and choose, item by
 * item, what the home is told. A choice names the revision that was read: words that changed
 * meanwhile are shown again and nothing is kept (P4).
 *
 *   <choice-panel data-shows data-failed="…">
 */
export class ChoicePanel extends HTMLElement {
  /** @type {Promise<void> | null} */
  #named = null

  connectedCallback() {
    this.addEventListener("change", this.#chosen)
    this.addEventListener("click", this.#pressed)
  }

  async show(/** @type {import("../call/session.js").Session} */ { items, reading = NOBODY }) {
    if (items.length > 0) await (this.#named ??= this.#readNames())
    for (const opener of document.querySelectorAll('[data-opens="items"]')) {
      opener.toggleAttribute("hidden", items.length === 0)
    }
    keepRows(
      the(this, "ol", HTMLElement),
      items,
      (item) => `${item.item}`,
      () => copyOf(this, "template"),
      (row, item) => this.#fill(row, item),
    )
    this.#together(reading)
  }

  // Callbacks

  /** @param {Event} event */
  #chosen = async (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || input.type !== "radio") return
    const row = the(this, `[data-key="${input.dataset.item}"]`, HTMLElement)
    const fields = new FormData()
    fields.set("revision", row.dataset.revision ?? "")
    fields.set("choice", input.value)
    const { ok, told } = await postTo(`/choosing/${input.dataset.item}`, fields)
    fill(row, "standing", told.standing ?? told.text ?? (ok ? "" : (this.dataset.failed ?? "")))
    if (!ok) this.#tick(row, row.dataset.choice ?? "")
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-points]") : null
    if (!button) return
    const item = Number(button.closest("[data-key]")?.getAttribute("data-key") ?? 0)
    try {
      await send(this, "point", { item })
    } catch (error) {
      fill(this, "reading", error instanceof Error && "text" in error ? String(error.text) : "")
    }
  }

  // Internal

  /**
   * While both look at one line the others wait, and where the panel is shut a strip says so.
   *
   * @param {{item: number, label: string}} reading
   */
  #together({ item, label }) {
    const isShown = item !== 0 && this.querySelector(`[data-key="${item}"]`) !== null
    for (const row of this.querySelectorAll("[data-key]")) {
      row.toggleAttribute("hidden", isShown && row.getAttribute("data-key") !== `${item}`)
      row.querySelector("[data-points]")?.toggleAttribute("hidden", isShown)
    }
    for (const strip of document.querySelectorAll("[data-reading]")) {
      strip.toggleAttribute("hidden", !isShown)
      fill(strip, "reading", isShown ? label : "")
    }
  }

  /**
   * The page was opened by a bare link, which names nobody. Admitted, one reads who it is that
   * would be told: the same panel again, with names (P5, P6).
   */
  async #readNames() {
    const panel = this.closest("[data-panel]")
    const named = await fetched(location.pathname, '[data-panel="items"]')
    if (!panel || !named) return
    for (const part of ["h2", "template"]) {
      const words = named.querySelector(part)
      if (words) panel.querySelector(part)?.replaceWith(words)
    }
  }

  /**
   * @param {HTMLElement} row
   * @param {any} item
   */
  #fill(row, item) {
    row.dataset.revision = String(item.revision)
    row.dataset.choice = item.choice ?? ""
    fill(row, "text", item.text)
    fill(row, "home", item.home_text ?? "")
    the(row, "[data-home]", HTMLElement).hidden = !item.home_text
    fill(row, "reason", item.reason ?? "")
    the(row, "[data-must]", HTMLElement).hidden = !item.must_pass_on
    the(row, "fieldset", HTMLElement).hidden = item.must_pass_on === true
    fill(row, "standing", item.standing ?? "")
    for (const input of row.querySelectorAll("input")) {
      input.name = `choice-${item.item}`
      input.dataset.item = String(item.item)
    }
    this.#tick(row, item.choice ?? "")
  }

  /**
   * @param {HTMLElement} row
   * @param {string} choice
   */
  #tick(row, choice) {
    for (const input of row.querySelectorAll("input")) input.checked = input.value === choice
  }
}

/** No line of the note is shown. */
const NOBODY = { item: 0, label: "" }

customElements.define("choice-panel", ChoicePanel)
