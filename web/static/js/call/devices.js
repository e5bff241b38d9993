// @ts-check

/**
 * One's own camera and microphone. Nothing opens by itself (W11): only a press opens, and what
 * is closed is really stopped, so that the light beside the camera goes out.
 *
 * Event: `change` (a device was opened, closed, chosen or pulled out).
 */

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const PICTURE = {
  width: { ideal: 960 },
  height: { ideal: 540 },
  frameRate: { ideal: 24, max: 30 },
  facingMode: "user",
}

/** @typedef {"microphone" | "camera" | "speaker"} Kind */

export class Devices extends EventTarget {
  /** @type {MediaStreamTrack | null} */
  microphone = null
  /** @type {MediaStreamTrack | null} */
  camera = null
  /** @type {Record<Kind, string>} chosen device ids; "" is the browser's own choice */
  chosen = { microphone: "", camera: "", speaker: "" }

  /**
   * Open the microphone. Throws what the browser throws: lib/failures.js names it.
   *
   * @returns {Promise<MediaStreamTrack>}
   */
  async openMicrophone() {
    this.microphone ??= await this.#open("microphone", { audio: this.#wish("microphone", SOUND) })
    return this.microphone
  }

  /** @returns {Promise<MediaStreamTrack>} */
  async openCamera() {
    this.camera ??= await this.#open("camera", { video: this.#wish("camera", PICTURE) })
    return this.camera
  }

  closeMicrophone() {
    this.#close("microphone")
  }

  closeCamera() {
    this.#close("camera")
  }

  /** Pause, leaving, another tab: everything of one's own stops at once (P8). */
  closeAll() {
    this.#close("microphone")
    this.#close("camera")
  }

  /**
   * Use another device from now on. One that is open is changed in the middle of the call.
   *
   * @param {Kind} kind
   * @param {string} id
   */
  async choose(kind, id) {
    this.chosen[kind] = id
    if (kind === "speaker") return this.#changed()
    if (!this[kind]) return
    this.#close(kind)
    await (kind === "camera" ? this.openCamera() : this.openMicrophone())
  }

  /**
   * What there is to choose from. Names are there only after a permission, and go nowhere
   * but into the list on this page.
   *
   * @returns {Promise<Record<Kind, {id: string, label: string}[]>>}
   */
  async list() {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
    /** @param {MediaDeviceKind} kind */
    const of = (kind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== "" && device.label !== "")
        .map((device) => ({ id: device.deviceId, label: device.label }))
    return { microphone: of("audioinput"), camera: of("videoinput"), speaker: of("audiooutput") }
  }

  // Internal

  /**
   * @param {"microphone" | "camera"} kind
   * @param {MediaStreamConstraints} constraints
   */
  async #open(kind, constraints) {
    if (!navigator.mediaDevices?.getUserMedia) throw new TypeError("no mediaDevices")
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    const [track] = stream.getTracks()
    if (this[kind]) {
      // Two presses at once opened two: keep the first, let the other go.
      track.stop()
      return /** @type {MediaStreamTrack} */ (this[kind])
    }
    track.contentHint = kind === "microphone" ? "speech" : "motion"
    track.addEventListener("ended", () => this.#ended(kind, track))
    this[kind] = track
    this.#changed()
    return track
  }

  /**
   * @param {"microphone" | "camera"} kind
   * @param {MediaTrackConstraints} usual
   */
  #wish(kind, usual) {
    const id = this.chosen[kind]
    if (!id) return usual
    const { facingMode: _, ...rest } = usual
    return { ...rest, deviceId: { exact: id } }
  }

  /**
   * Pulled out, or taken back in the system's settings.
   *
   * @param {"microphone" | "camera"} kind
   * @param {MediaStreamTrack} track
   */
  #ended(kind, track) {
    if (this[kind] !== track) return
    this[kind] = null
    this.#changed()
  }

  /** @param {"microphone" | "camera"} kind */
  #close(kind) {
    const track = this[kind]
    if (!track) return
    this[kind] = null
    track.enabled = false
    track.stop()
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }
}
