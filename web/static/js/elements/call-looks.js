// @ts-check

import { send } from "../lib/deed.js"
import { failure } from "../lib/failures.js"
import { fill } from "../lib/dom.js"
import { keep } from "../lib/kept-looks.js"

/**
 * <call-looks> is where one says how one wants it: how the faces are laid out, whether one sees
 * oneself, a blurred picture or a drawing instead of the camera, and whether noise is taken away.
 * What is chosen holds for this call; nothing of it is kept on the device.
 *
 *   <call-looks data-starts data-shows data-fail-veil="…">
 */
export class CallLooks extends HTMLElement {
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null

  start(/** @type {import("../call/devices.js").Devices} */ devices) {
    this.#devices = devices
    this.addEventListener("change", this.#chosen)
    devices.addEventListener("change", this.#look)
    this.#look()
  }

  disconnectedCallback() {
    this.#devices?.removeEventListener("change", this.#look)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    if (!state) return
    const { you } = state
    this.#tick("picture", you.picture)
    for (const part of this.querySelectorAll("[data-camera-alone]")) {
      part.toggleAttribute("hidden", you.camera_locked || you.write_only)
    }
    this.querySelector("[data-blur-told]")?.toggleAttribute("hidden", !you.blur_required)
    for (const input of this.#inputs("veil")) input.disabled = you.blur_required
    if (you.blur_required) this.#devices?.requireVeil()
  }

  // Callbacks

  /** @param {Event} event */
  #chosen = async (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement)) return
    fill(this, "looks-failure", "")
    const on = input.value === "on"
    try {
      if (input.name === "layout") this.#wish(input.value)
      else if (input.name === "self") this.#room.toggleAttribute("data-self-hidden", !on)
      else if (input.name === "picture") await send(this, "picture", { name: input.value })
      else if (input.name === "veil") await this.#devices?.veil(on)
      else if (input.name === "noise") await this.#devices?.quieten(on)
    } catch (error) {
      fill(this, "looks-failure", this.getAttribute(`data-fail-${failure(error)}`) ?? "")
    }
    if (this.#devices) keep(this.#devices)
    this.#look()
  }

  #look = () => {
    this.#tick("veil", this.#devices?.isVeiled ? "on" : "off")
    this.#tick("noise", this.#devices?.isQuiet ? "on" : "off")
    this.#tick("layout", this.#room.getAttribute("data-wish") ?? "")
    this.#tick("self", this.#room.hasAttribute("data-self-hidden") ? "off" : "on")
  }

  // Internal

  get #room() {
    return this.closest("call-room") ?? this
  }

  /** @param {string} layout */
  #wish(layout) {
    this.#room.setAttribute("data-wish", layout)
    this.dispatchEvent(new CustomEvent("relayout", { bubbles: true }))
  }

  /**
   * Several of these may stand in one page; each has names of its own, ended by a number.
   *
   * @param {string} name
   */
  #inputs(name) {
    return [...this.querySelectorAll("input")].filter((input) => input.name === name)
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #tick(name, value) {
    for (const input of this.#inputs(name)) input.checked = input.value === value
  }
}

customElements.define("call-looks", CallLooks)
