// @ts-check

import { isTalk } from "../call/session.js"

const BREATH = 1000 // ms: a microphone is away for a moment when headphones change

/**
 * <sound-back> notices that the telephone has taken the microphone (a call came in, an assistant
 * listened, headphones were pulled out) and brings it back by one tap. Nothing opens by itself
 * (P8, W11).
 *
 *   <sound-back data-starts data-shows hidden><p role="status">…</p><button data-action="regain">
 */
export class SoundBack extends HTMLElement {
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null
  /** @type {MediaStreamTrack | null} */
  #track = null
  #wasOn = false
  #isTaken = false
  #inTalk = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  start(/** @type {import("../call/devices.js").Devices} */ devices) {
    this.#devices = devices
    devices.addEventListener("change", this.#changed)
    devices.addEventListener("taken", this.#taken)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#devices?.removeEventListener("change", this.#changed)
    this.#devices?.removeEventListener("taken", this.#taken)
    this.#watch(null)
  }

  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
  ) {
    this.#inTalk = isTalk(phase)
    if (!this.#isTaken) this.#wasOn = state?.you.microphone === true
    this.#look()
  }

  // Callbacks

  /** Another microphone, or none: the one before is nobody's any more. */
  #changed = () => {
    const track = this.#devices?.microphone ?? null
    if (track === this.#track) return
    this.#watch(track)
    if (track) this.#is(false)
  }

  /** The system took it for good. @param {Event} event */
  #taken = (event) => {
    if (/** @type {CustomEvent} */ (event).detail === "microphone" && this.#wasOn) this.#is(true)
  }

  #muted = () => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#is(this.#wasOn && this.#track?.muted === true), BREATH)
  }

  #unmuted = () => {
    clearTimeout(this.#timer)
    this.#is(false)
  }

  // Internal

  /** @param {MediaStreamTrack | null} track */
  #watch(track) {
    this.#track?.removeEventListener("mute", this.#muted)
    this.#track?.removeEventListener("unmute", this.#unmuted)
    this.#track = track
    track?.addEventListener("mute", this.#muted)
    track?.addEventListener("unmute", this.#unmuted)
  }

  /** @param {boolean} taken */
  #is(taken) {
    this.#isTaken = taken
    this.#look()
  }

  #look() {
    this.hidden = !(this.#isTaken && this.#inTalk)
  }
}

customElements.define("sound-back", SoundBack)
