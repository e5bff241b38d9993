// @ts-check

import { fill } from "../lib/dom.js"

const READABLE = 12 * 1000 // ms a line of news stays
const PATIENCE = 1500 // ms: a line that comes back within a breath is not worth a word

/**
 * <live-status> says in words what just happened and what stands in the way: who came, whether
 * the line is lost. Both lines are read out by screen readers and take a place in the layout.
 *
 *   <live-status data-shows data-lost="…"><p role="status" data-fill="news"></p>
 *     <p role="status" data-fill="trouble"></p></live-status>
 */
export class LiveStatus extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #newsTimer
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lostTimer
  #isLost = false

  disconnectedCallback() {
    clearTimeout(this.#newsTimer)
    clearTimeout(this.#lostTimer)
  }

  show(/** @type {import("../call/session.js").Session} */ { line }) {
    const isLost = line === "lost"
    if (isLost === this.#isLost) return
    this.#isLost = isLost
    clearTimeout(this.#lostTimer)
    if (isLost) this.#lostTimer = setTimeout(() => this.trouble(this.dataset.lost ?? ""), PATIENCE)
    else this.trouble("")
  }

  /** @param {string} words */
  say(words) {
    this.#put("news", words)
    clearTimeout(this.#newsTimer)
    this.#newsTimer = setTimeout(() => this.#put("news", ""), READABLE)
  }

  /** @param {string} words */
  trouble(words) {
    this.#put("trouble", words)
  }

  // Internal

  /**
   * @param {string} name
   * @param {string} words
   */
  #put(name, words) {
    fill(this, name, words)
    this.toggleAttribute("data-empty", (this.textContent ?? "").trim() === "")
  }
}

customElements.define("live-status", LiveStatus)
