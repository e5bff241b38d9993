// @ts-check

import { Connection } from "../call/connection.js"
import { canCall } from "../call/peer.js"
import { Devices } from "../call/devices.js"
import { Levels } from "../call/levels.js"
import { Sound } from "../call/sound.js"
import { Tune } from "../call/tune.js"
import { fill } from "../lib/dom.js"

const LASTS = 100 * 1000 // ms: the server gives each trial two minutes

/**
 * <trial-call> is a call with nobody: through the real media server one gets a moving picture,
 * a little tune and one's own sound back (design 4.1). Nothing is kept.
 *
 *   <trial-call data-offer="/trying/offer" data-slots="1" data-joining="…" data-connected="…" …>
 */
export class TrialCall extends HTMLElement {
  #devices = new Devices()
  #connection = new Connection(this.dataset.offer ?? "", Number(this.dataset.slots))
  #sound = new Sound()
  #tune = new Tune()
  #levels = new Levels()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  // Lifecycle

  connectedCallback() {
    this.addEventListener("click", this.#pressed)
    this.addEventListener("choose", this.#choose)
    this.#devices.addEventListener("change", this.#carry)
    this.#connection.addEventListener("change", this.#changed)
    this.#connection.addEventListener("slots", this.#play)
    addEventListener("pagehide", this.#end)
    for (const part of this.querySelectorAll("[data-starts]")) {
      // @ts-ignore  (each says in its own file what it needs)
      part.start(this.#devices, this.#connection, this.#tune)
    }
    if (!canCall()) this.#cannot()
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#end)
    this.#end()
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-action="try"]')) return
    this.querySelector('[data-action="try"]')?.setAttribute("hidden", "")
    this.#connection.open()
    this.#changed()
    this.#sound.start()
    this.#timer = setTimeout(this.#over, LASTS)
    this.#levels.start(
      () => this.#connection.slots,
      (_, speaks) => this.#tile?.toggleAttribute("data-speaking", speaks),
    )
  }

  /** @param {Event} event */
  #choose = async (event) => {
    const { kind, id } = /** @type {CustomEvent} */ (event).detail
    await this.#devices.choose(kind, id)
    if (kind === "speaker") await this.#sound.choose(id)
  }

  #carry = () => {
    const { microphone, camera } = this.#devices
    this.#connection.carry({ microphone, camera })
  }

  #changed = () => {
    fill(this, "trial", this.getAttribute(`data-${this.#connection.standing}`) ?? "")
  }

  #play = () => {
    const slots = this.#connection.slots
    this.#sound.play(slots)
    const video = this.#tile?.querySelector("video")
    if (!video || !slots[0]) return
    video.srcObject = new MediaStream([slots[0].video])
    // Muted, so it may play; AbortError only says that another stream took its place.
    video.play().catch(() => {})
    this.#tile?.setAttribute("data-picture", "on")
  }

  /** Long enough to have seen and heard it; then the place is somebody else's. */
  #over = () => {
    clearTimeout(this.#timer)
    this.#levels.stop()
    this.#connection.close()
    this.#sound.stop()
    this.#tile?.setAttribute("data-picture", "off")
    this.#tile?.removeAttribute("data-speaking")
    this.querySelector('[data-action="try"]')?.removeAttribute("hidden")
  }

  #end = () => {
    this.#over()
    this.#devices.closeAll()
    this.#tune.close()
  }

  // Internal

  /** Sound and picture can be tried here, and a call cannot. */
  #cannot() {
    this.querySelector("[data-cannot]")?.removeAttribute("hidden")
    this.querySelector(".trial__call")?.setAttribute("hidden", "")
  }

  get #tile() {
    return this.querySelector("call-tile")
  }
}

customElements.define("trial-call", TrialCall)
