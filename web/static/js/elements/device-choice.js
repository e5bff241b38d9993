// @ts-check

/**
 * <device-choice> lists cameras, microphones and loudspeakers to choose from, once there is
 * something to choose and the browser tells their names. The names stay on this page.
 *
 * Event upwards: `choose` (detail: kind, id).
 */
export class DeviceChoice extends HTMLElement {
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null

  start(/** @type {import("../call/devices.js").Devices} */ devices) {
    this.#devices = devices
    devices.addEventListener("change", this.#look)
    navigator.mediaDevices?.addEventListener("devicechange", this.#look)
    this.addEventListener("change", this.#chosen)
    this.#look()
  }

  disconnectedCallback() {
    this.#devices?.removeEventListener("change", this.#look)
    navigator.mediaDevices?.removeEventListener("devicechange", this.#look)
  }

  // Callbacks

  #look = async () => {
    if (!this.#devices) return
    const all = await this.#devices.list()
    for (const list of this.querySelectorAll("select")) {
      const kind = /** @type {import("../call/devices.js").Kind} */ (list.dataset.kind)
      const found = all[kind]
      list.replaceChildren(...found.map(({ id, label }) => new Option(label, id)))
      list.value = this.#devices.chosen[kind] || (found[0]?.id ?? "")
      list.closest("[data-device]")?.toggleAttribute("hidden", found.length === 0)
    }
    const isEmpty = Object.values(all).every((found) => found.length === 0)
    this.querySelector("[data-empty]")?.toggleAttribute("hidden", !isEmpty)
  }

  /** @param {Event} event */
  #chosen = (event) => {
    if (!(event.target instanceof HTMLSelectElement)) return
    const detail = { kind: event.target.dataset.kind, id: event.target.value }
    this.dispatchEvent(new CustomEvent("choose", { bubbles: true, detail }))
  }
}

customElements.define("device-choice", DeviceChoice)
