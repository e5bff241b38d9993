// @ts-check

import { ASKED, LATER, PHONE, RANK, URGENT, arrange } from "../lib/notices.js"

const SETTLES = 400 // ms in which a notice that took another's place cannot be pressed by mistake

/**
 * <call-notices> is the one place for what the host is told: who knocks, and what changes the talk.
 * The most pressing stands open; each of the others is one short row with its title, and a press
 * opens it. Titles are read out as they come, from the `role="status"` inside.
 *
 *   <call-notices>
 *     <door-panel>…</door-panel> <alert-strips role="status">…</alert-strips>
 *   </call-notices>
 *
 * A notice is folded by `data-fold="shut"`; its `[data-unfolds]` opens it.
 */
export class CallNotices extends HTMLElement {
  #front = ""
  #chosen = ""
  /** @type {Set<string>} */
  #known = new Set()
  #observer = new MutationObserver(() => this.#look())

  connectedCallback() {
    this.addEventListener("click", this.#pressed)
    const attributeFilter = ["class", "data-standing"]
    this.#observer.observe(this, { subtree: true, childList: true, attributeFilter })
    this.#observer.observe(this.#room, { attributeFilter: ["data-showing"] })
    this.#look()
  }

  disconnectedCallback() {
    this.#observer.disconnect()
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-unfolds]") : null
    const notice = this.#notices().find(({ element }) => button && element.contains(button))
    if (!notice) return
    this.#chosen = notice.key
    this.#look(true)
    const title = notice.element.querySelector("h2:not([hidden])")
    if (title instanceof HTMLElement) title.focus()
  }

  // Internal

  /** @returns {Element} */
  get #room() {
    return this.closest("call-room") ?? this.parentElement ?? this
  }

  #look(isChosen = false) {
    const notices = this.#notices()
    const front = notices.find(({ key }) => key === this.#front)
    const isHeld = !isChosen && !!front?.element.querySelector(":focus-visible")
    const before = { front: this.#front, chosen: this.#chosen, known: this.#known, isHeld }
    const next = arrange(notices, before)
    const isAnother = next.front !== this.#front
    for (const { key, element, rank } of notices) {
      const isOpen = key === next.front
      put(element, "data-fold", isOpen ? "open" : "shut")
      this.#name(element, isOpen)
      element.toggleAttribute("data-lit", rank <= RANK.phone)
      const isSwapped = isAnother && !isChosen && key === next.front && front !== undefined
      if (isSwapped) this.#settle(element)
    }
    for (const plan of this.querySelectorAll("phone-plan")) {
      const own = (plan.getAttribute("data-alerts") ?? "").split(" ").map((id) => `alert ${id}`)
      put(plan, "data-fold", own.includes(next.front) ? "open" : "shut")
    }
    this.#front = next.front
    this.#chosen = next.chosen
    this.#known = new Set(notices.map(({ key }) => key))
  }

  /**
   * A folded notice is a press that says its title.
   *
   * @param {HTMLElement} element
   * @param {boolean} isOpen
   */
  #name(element, isOpen) {
    const fold = element.querySelector("[data-unfolds]")
    const words = isOpen ? "" : (element.querySelector("h2")?.textContent ?? "")
    if (fold && fold.textContent !== words) fold.textContent = words
  }

  /** @param {HTMLElement} element */
  #settle(element) {
    element.toggleAttribute("data-settles", true)
    setTimeout(() => element.removeAttribute("data-settles"), SETTLES)
  }

  /** Everything that stands now. What is the host's alone is not there while a window is shown. */
  #notices() {
    const isShowing = this.closest("[data-showing]") !== null
    /** @type {{key: string, rank: number, element: HTMLElement}[]} */
    const found = []
    for (const element of this.querySelectorAll("[data-strips] > [data-key], alert-strips > [data-key]")) {
      if (!(element instanceof HTMLElement)) continue
      if (isShowing && element.closest("[data-private]")) continue
      found.push({ key: keyOf(element), rank: rankOf(element), element })
    }
    return found
  }
}

/** @param {HTMLElement} element */
function keyOf(element) {
  const { key = "" } = element.dataset
  return element.closest("alert-strips") ? `alert ${key}` : `knock ${key}`
}

/** @param {HTMLElement} element */
function rankOf(element) {
  const { key = "", standing } = element.dataset
  if (element.closest("alert-strips")) return rankOfAlert(key)
  if (standing === "door") return RANK.door
  return element.classList.contains("knock--waits") ? RANK.later : RANK.knock
}

/** @param {string} id */
function rankOfAlert(id) {
  if (ASKED.has(id)) return RANK.asked
  if (URGENT.has(id)) return RANK.urgent
  if (PHONE.has(id)) return RANK.phone
  return LATER.has(id) ? RANK.later : RANK.alert
}

/** @type {(element: Element, name: string, value: string) => void} */
function put(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

customElements.define("call-notices", CallNotices)
