// @ts-check

import { fill, the } from "../lib/dom.js"

const STILL = 3000 // ms without a new frame until a face counts as stopped

/**
 * <call-tile> shows one end of the call: a face or a lit lamp, and the name on its label. With
 * `data-own` it is one's own, mirrored. Its states are attributes; the style does the rest.
 */
export class CallTile extends HTMLElement {
  /** @type {MediaStreamTrack | null} */
  #track = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still

  /** One's own tile. Called with every change of the call. */
  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
    /** @type {import("../call/devices.js").Devices} */ devices,
  ) {
    if (!state) return
    const isOn = state.you.camera && devices.camera !== null && phase !== "paused"
    this.dataset.picture = isOn ? "on" : "off"
    this.toggleAttribute("data-writing", state.you.writing === true)
    this.#draw(state.you.picture)
    this.look(isOn ? devices.camera : null)
  }

  /** Somebody else's. @param {import("../call/session.js").Person} person */
  person(person) {
    this.dataset.slot = String(person.slot)
    this.dataset.picture = person.camera ? "on" : "off"
    this.toggleAttribute("data-writing", person.writing)
    this.toggleAttribute("data-looking-away", person.looking_away)
    this.toggleAttribute("data-weak", !person.here)
    this.setAttribute("aria-label", person.name)
    fill(this, "name", person.name)
    this.toggleAttribute("data-troubled", person.line_label !== "" && person.here)
    this.toggleAttribute("data-muted", person.muted_label !== "")
    fill(this, "muted", person.muted_label)
    fill(this, "without", person.without_picture_label)
    fill(this, "weak", person.state_label || person.line_label || person.weak_label)
    fill(this, "still", person.still_label)
    fill(this, "writing", person.writing_label)
    fill(this, "beside", person.company_label)
    the(this, '[data-fill="beside"]', HTMLElement).hidden = person.company_label === ""
    this.#draw(person.picture)
    if (!person.microphone) this.speaks(false)
  }

  /** What somebody shows of their screen: whole, never cut. @param {import("../call/session.js").Person} person */
  screen(person) {
    this.dataset.slot = String(person.screen_slot)
    this.dataset.picture = "on"
    this.toggleAttribute("data-screen", true)
    this.setAttribute("aria-label", person.screen_label)
    fill(this, "name", person.screen_label)
    fill(this, "still", person.still_label)
  }

  /** A drawing in place of the lamp, or the lamp. @param {string} name */
  #draw(name) {
    const drawn = this.querySelector("[data-drawings]")
    if (!drawn || this.dataset.drawn === name) return
    this.dataset.drawn = name
    drawn.firstElementChild?.setAttribute("href", name ? `${drawn.getAttribute("data-drawings")}#${name}` : "")
  }

  /** @param {MediaStreamTrack | null} track */
  look(track) {
    if (track === this.#track) return
    this.#track = track
    const video = the(this, "video", HTMLVideoElement)
    video.srcObject = track ? new MediaStream([track]) : null
    // A muted picture may always play; an AbortError only says that another took its place.
    if (track) video.play().catch(() => {})
    clearTimeout(this.#still)
    this.removeAttribute("data-still")
    if (track) video.requestVideoFrameCallback?.(this.#moves)
  }

  /** A frame came. On a narrow line pictures stop before sound does; a face that only stands
   * still would look as if its person had stopped too. */
  #moves = () => {
    clearTimeout(this.#still)
    if (!this.#track) return
    this.removeAttribute("data-still")
    this.#still = setTimeout(() => this.setAttribute("data-still", ""), STILL)
    the(this, "video", HTMLVideoElement).requestVideoFrameCallback(this.#moves)
  }

  /** @param {boolean} on */
  speaks(on) {
    this.toggleAttribute("data-speaking", on)
  }
}

customElements.define("call-tile", CallTile)
