// @ts-check

import { Meter } from "../call/meter.js"
import { bars } from "../lib/loudness.js"
import { fill, the } from "../lib/dom.js"
import { failure } from "../lib/failures.js"
import { bring, keep } from "../lib/kept-looks.js"

const WORKS = 4 // bars: clearly a voice

/**
 * <sound-check> tries camera, microphone, headphones and the network before anybody can see or
 * hear one. Nothing opens before a press, and each of the five ways it can fail says what to do. Once
 * there is a picture it can be blurred, once there is sound its noise can stay: so in the call too.
 *
 *   <sound-check data-starts data-works="…" data-say="…" data-blocked="…" data-fail-denied="…" …>
 *
 * Its owner calls `start(devices, connection, tune)`.
 */
export class SoundCheck extends HTMLElement {
  #meter = new Meter()
  #isHeard = false
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null
  /** @type {import("../call/connection.js").Connection | null} */
  #connection = null
  /** @type {import("../call/tune.js").Tune | null} */
  #tune = null

  // Lifecycle

  start(
    /** @type {import("../call/devices.js").Devices} */ devices,
    /** @type {import("../call/connection.js").Connection} */ connection,
    /** @type {import("../call/tune.js").Tune} */ tune,
  ) {
    this.#devices = devices
    this.#connection = connection
    this.#tune = tune
    this.addEventListener("change", this.#switched)
    this.addEventListener("click", this.#pressed)
    devices.addEventListener("change", this.#devicesChanged)
    connection.addEventListener("change", this.#networkChanged)
    bring(devices).finally(this.#devicesChanged)
  }

  disconnectedCallback() {
    this.#meter.stop()
    this.#devices?.removeEventListener("change", this.#devicesChanged)
    this.#connection?.removeEventListener("change", this.#networkChanged)
  }

  // Callbacks

  /** Fra and Til of camera, blur and noise; whether the tune came out of the headphones. @param {Event} event */
  #switched = async (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement)) return
    if (input.name === "heard") return this.#heard(input)
    const on = input.value === "on"
    if (input.name === "check-veil") return this.#looks({ isVeiled: on }, () => this.#devices?.veil(on))
    if (input.name === "check-noise") return this.#looks({ isQuiet: on }, () => this.#devices?.quieten(on))
    if (input.name !== "camera") return
    if (!on) return this.#devices?.closeCamera()
    await this.#try(() => this.#devices?.openCamera())
  }

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-try]") : null
    if (!(button instanceof HTMLElement)) return
    if (button.dataset.try === "microphone") return this.#try(() => this.#devices?.openMicrophone())
    await this.#tune?.play(this.#devices?.chosen.speaker)
    this.#asks(true)
  }

  #devicesChanged = () => {
    const { camera, microphone } = this.#devices ?? { camera: null, microphone: null }
    this.#showCamera(camera)
    this.#show("try-microphone", !microphone)
    this.#show("bars", !!microphone)
    this.#tick("check-veil", this.#devices?.isVeiled === true)
    this.#tick("check-noise", this.#devices?.isQuiet === true)
    // Once offered they stay: a row that comes and goes moves what one is about to press.
    if (camera || this.#devices?.isVeiled) this.#show("veil", true)
    if (microphone) this.#show("noise", true)
    if (microphone) this.#meter.start(microphone, this.#level)
    else this.#meter.stop()
  }

  #networkChanged = () => {
    for (const why of ["blocked", "full"]) this.#show(why, this.#connection?.standing === why)
  }

  /** @param {number} level */
  #level = (level) => {
    const lit = bars(level)
    this.querySelector(".sound-bars")?.setAttribute("data-level", String(lit))
    if (lit < WORKS || this.#isHeard) return
    this.#isHeard = true
    fill(this, "microphone", this.dataset.works ?? "")
  }

  // Internal

  /** In the headphones, or aloud for everybody: then it can be played again. @param {HTMLInputElement} input */
  #heard(input) {
    fill(this, "sound", (input.value === "yes" ? this.dataset.heard : this.dataset.aloud) ?? "")
    input.checked = false
    this.#asks(false)
    the(this, '[data-try="tune"]', HTMLButtonElement).focus({ preventScroll: true })
  }

  /** @param {boolean} whether */
  #asks(whether) {
    this.#show("play", !whether)
    this.#show("heard", whether)
    if (whether) the(this, '[data-part="heard"]', HTMLElement).scrollIntoView({ block: "nearest" })
  }

  /**
   * What is wished counts from the press on, for whoever reloads before it is done.
   *
   * @param {{isVeiled?: boolean, isQuiet?: boolean}} wish
   * @param {() => unknown} change
   */
  async #looks(wish, change) {
    if (!this.#devices) return
    const { isVeiled, isQuiet } = this.#devices
    keep({ isVeiled, isQuiet, ...wish })
    await this.#try(change)
    keep(this.#devices)
    this.#devicesChanged()
  }

  /** @param {() => unknown} open */
  async #try(open) {
    fill(this, "failure", "")
    this.#show("failure", false)
    try {
      await open()
    } catch (error) {
      fill(this, "failure", this.getAttribute(`data-fail-${failure(error)}`) ?? "")
      this.#show("failure", true)
      this.#showCamera(this.#devices?.camera ?? null)
    }
  }

  /** @param {MediaStreamTrack | null} track */
  #showCamera(track) {
    const mirror = this.querySelector(".mirror")
    if (!(mirror instanceof HTMLElement)) return
    const video = the(mirror, "video", HTMLVideoElement)
    mirror.dataset.picture = track ? "on" : "off"
    video.srcObject = track ? new MediaStream([track]) : null
    // Muted and one's own: it may play; AbortError only says that it was replaced.
    if (track) video.play().catch(() => {})
    this.#tick("camera", !!track)
  }

  /**
   * @param {string} name
   * @param {boolean} on
   */
  #tick(name, on) {
    for (const input of this.querySelectorAll(`input[name="${name}"]`)) {
      if (input instanceof HTMLInputElement) input.checked = (input.value === "on") === on
    }
  }

  /**
   * @param {string} name
   * @param {boolean} on
   */
  #show(name, on) {
    for (const part of this.querySelectorAll(`[data-part="${name}"]`)) part.toggleAttribute("hidden", !on)
  }
}

customElements.define("sound-check", SoundCheck)
