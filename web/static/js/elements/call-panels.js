// @ts-check

/**
 * <call-panels> holds what one opens beside the faces: writing, the note, another way. Any
 * `[data-opens=name]` in the room opens `[data-panel=name]`, and the same press closes it. A
 * panel takes a place in the layout and never covers a face.
 */
export class CallPanels extends HTMLElement {
  /** @type {HTMLElement | null} */
  #opener = null
  #phase = ""
  #isElsewhere = false // the harmless card of Skift emne stands there

  connectedCallback() {
    this.#room.addEventListener("click", this.#pressed)
    this.addEventListener("keydown", this.#key)
  }

  disconnectedCallback() {
    this.#room.removeEventListener("click", this.#pressed)
  }

  /** Whoever chose to write has nothing to look for: the written word is open. */
  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
  ) {
    const isNew = phase === "call" && this.#phase !== "call"
    const isApart = phase === "together" && this.#phase !== "together"
    const isOut = TELLS.has(phase) && this.#phase !== phase
    this.#phase = phase
    if (isOut) this.close() // else nobody reads what has happened, and whom to ring
    if (isApart) this.close() // what is written there goes to everybody
    const isWriter = state?.you.write_only === true
    if (isNew && isWriter && !this.#room.hasAttribute("data-open")) this.open("chat")
    const isElsewhere = !!state?.card
    if (isElsewhere && !this.#isElsewhere) this.#cover()
    else if (!isElsewhere && this.#isElsewhere && isWriter && phase === "call") this.open("chat")
    this.#isElsewhere = isElsewhere
  }

  // Actions

  /** @param {string} name */
  open(name) {
    const panel = this.#find(name)
    if (!panel) return
    for (const other of this.querySelectorAll("[data-panel]")) other.toggleAttribute("hidden", other !== panel)
    this.#room.setAttribute("data-open", name)
    this.#mark(name)
    panel.querySelector("h2")?.focus()
  }

  close() {
    for (const panel of this.querySelectorAll("[data-panel]")) panel.setAttribute("hidden", "")
    this.#room.removeAttribute("data-open")
    this.#mark("")
    const back = this.#opener && this.#back(this.#opener)
    if (back instanceof HTMLElement) back.focus()
    this.#opener = null
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    if (!(event.target instanceof Element)) return
    if (event.target.closest("[data-closes]")) return this.close()
    if (event.target.closest('[data-action="subject"]')) return this.#cover() // before any answer
    const opener = event.target.closest("[data-opens]")
    if (!(opener instanceof HTMLElement)) return
    const name = opener.dataset.opens ?? ""
    if (!this.#find(name)) return
    event.preventDefault()
    if (this.#room.getAttribute("data-open") === name) return this.close()
    this.open(name)
    this.#opener = opener
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key === "Escape") this.close()
  }

  // Internal

  /** Whoever came in reads nothing of the note or the chat. What is typed stays, and so does the focus. */
  #cover() {
    const focus = document.activeElement
    this.close()
    if (focus instanceof HTMLElement && !this.contains(focus)) focus.focus()
  }

  /** @returns {Element} */
  get #room() {
    return this.closest("call-room") ?? this
  }

  /** @param {string} name */
  #find(name) {
    return [...this.querySelectorAll("[data-panel]")].find(
      (panel) => panel.getAttribute("data-panel") === name,
    )
  }

  /**
   * The opener or, where the row or the panel it stood in has closed, what opened that.
   * @param {HTMLElement} opener
   */
  #back(opener) {
    const panel = opener.closest("[data-panel]")?.getAttribute("data-panel")
    const row = opener.closest(".control-bar, .call-openers")
    const around = panel
      ? this.#room.querySelectorAll(`[data-opens="${panel}"]`)
      : (row?.querySelectorAll("bar-more button") ?? [])
    return [opener, ...around].find((each) => each.getClientRects().length > 0)
  }

  /** @param {string} name */
  #mark(name) {
    for (const opener of this.#room.querySelectorAll("[data-opens]")) {
      const isOpen = opener.getAttribute("data-opens") === name
      opener.setAttribute("aria-expanded", String(isOpen))
      if (isOpen) opener.querySelector("[data-unread]")?.setAttribute("hidden", "")
    }
  }
}

/** Screens that say what has happened: nothing opened beside the talk may cover them. */
const TELLS = new Set(["locked", "left", "turned_away", "ended", "smaller_circle", "moved", "gone"])

customElements.define("call-panels", CallPanels)
