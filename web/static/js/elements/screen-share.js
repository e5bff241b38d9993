// @ts-check

import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"

/**
 * <screen-share> lets the host show one window or tab to everybody in the room, and stop with one
 * press. Meanwhile the brief, the note and whatever else is the host's alone leaves the page
 * (`data-showing` of the room): the window may be the one this page is in.
 *
 *   <screen-share data-starts data-shows data-whole-screen="…" data-unknown="…" data-other="…">
 *
 * Any `[data-screen]` in the room starts it, and stops it.
 */
export class ScreenShare extends HTMLElement {
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null
  #isPicking = false
  #isTold = false

  start(/** @type {import("../call/devices.js").Devices} */ devices) {
    this.#devices = devices
    devices.addEventListener("change", this.#changed)
    this.#room.addEventListener("click", this.#pressed)
  }

  disconnectedCallback() {
    this.#devices?.removeEventListener("change", this.#changed)
  }

  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
  ) {
    if (!state) return
    // A page that was loaded anew shows nothing any more, and says so; outside the room there is
    // nobody to show anything to.
    if (phase !== "room" && phase !== "paused") this.#devices?.closeScreen()
    if (state.you.screen && !this.#devices?.screen && !this.#isTold) this.#tell(false)
    if (!state.you.screen && !this.#devices?.screen) this.#isTold = false
    const alerts = this.querySelector("[data-waiting]")
    alerts?.toggleAttribute("hidden", state.alerts.length === 0 && state.knocks.length === 0)
    this.#look()
  }

  // Callbacks

  #changed = () => {
    if (!this.#devices?.screen && this.#isTold) this.#tell(false)
    this.#look()
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-screen]") : null
    if (!(button instanceof HTMLElement)) return
    if (this.#devices?.screen) return this.#devices.closeScreen()
    if (this.#isPicking) return
    this.#isPicking = true
    fill(this, "screen-failure", "")
    this.#look() // what is private is gone before anything is shown
    try {
      const { pick } = await import("../call/screen.js")
      this.#devices?.takeScreen(await pick())
      await this.#tell(true)
    } catch (error) {
      this.#devices?.closeScreen()
      const reason = error instanceof Error && "reason" in error ? String(error.reason) : "other"
      const words = error instanceof Error && "text" in error ? String(error.text) : null
      if (reason !== "denied") fill(this, "screen-failure", words ?? this.getAttribute(`data-${reason}`) ?? "")
    }
    this.#isPicking = false
    this.#look()
  }

  // Internal

  get #room() {
    return this.closest("call-room") ?? this
  }

  /** @param {boolean} on */
  #tell(on) {
    this.#isTold = on
    return send(this, "screen", { on })
  }

  #look() {
    const isShown = !!this.#devices?.screen
    this.#room.toggleAttribute("data-showing", isShown || this.#isPicking)
    this.querySelector("[data-shown]")?.toggleAttribute("hidden", !isShown)
    for (const button of this.#room.querySelectorAll("[data-screen]")) {
      button.setAttribute("aria-pressed", String(isShown))
    }
  }
}

customElements.define("screen-share", ScreenShare)
