// @ts-check

import { changes } from "../lib/announce.js"
import { put } from "../lib/text.js"

const BREATH = 700 // ms in which changes are gathered, so that they are one sentence

/**
 * <call-announcer> tells a screen reader what eyes see of the switches: "Din lyd er slået fra."
 *
 *   <call-announcer class="unseen" role="status" data-shows data-microphone-on="…" data-silent="…" …>
 */
export class CallAnnouncer extends HTMLElement {
  /** @type {import("../call/session.js").Shown | null} */
  #before = null
  /** @type {Map<string, string>} the last word on each thing counts */
  #words = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const found = changes(this.#before, state)
    this.#before = state
    for (const { id, who } of found) {
      this.#words.set(who || id.split("-")[0], put(this.getAttribute(`data-${id}`) ?? "", { hvem: who }))
    }
    if (found.length === 0) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#say, BREATH)
  }

  #say = () => {
    this.textContent = [...this.#words.values()].join(" ")
    this.#words.clear()
  }
}

customElements.define("call-announcer", CallAnnouncer)
