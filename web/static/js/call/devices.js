// @ts-check

/**
 * One's own camera and microphone. Nothing opens by itself (W11): only a press opens, and what
 * is closed is really stopped, so that the light beside the camera goes out.
 *
 * Events: `change` (a device was opened, closed, chosen or pulled out), `taken` (detail: which one
 * the system took, or somebody pulled out).
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
  /** @type {MediaStreamTrack | null} a window or tab the host shows */
  screen = null
  /** @type {Record<Kind, string>} chosen device ids; "" is the browser's own choice */
  chosen = { microphone: "", camera: "", speaker: "" }
  /** Whether the camera's whole picture is blurred before it leaves this device. */
  isVeiled = false
  /** Whether noise is taken away: the street, a fan. Music goes with it. */
  isQuiet = true
  /** @type {MediaStreamTrack | null} the camera itself, behind a veil */
  #behind = null
  /** How often each was closed: a browser that asks whether it may open one takes its time. */
  #closings = { microphone: 0, camera: 0, screen: 0 }

  /**
   * Open the microphone. Throws what the browser throws: lib/failures.js names it. Closed again
   * before the browser has asked its question, it stays closed (P8).
   */
  async openMicrophone() {
    if (!this.microphone) await this.#open("microphone", { audio: this.#wish("microphone", this.#sound) })
  }

  /** Likewise. */
  async openCamera() {
    if (!this.camera) await this.#open("camera", { video: this.#wish("camera", PICTURE) })
  }

  /**
   * Blur the whole picture from now on, or no longer. Throws where a browser cannot; the camera
   * then stays as it was.
   *
   * @param {boolean} on
   */
  async veil(on) {
    if (this.isVeiled === on) return
    const camera = this.#behind ?? this.camera
    const veiled = camera && on ? await this.#cover(camera) : null
    if (!on && this.#behind) this.camera?.stop()
    this.isVeiled = on
    if (camera) {
      this.camera = veiled ?? camera
      this.#behind = veiled ? camera : null
    }
    this.#changed()
  }

  /** Nothing sharp leaves this device any more; where a browser cannot blur, no picture does. */
  async requireVeil() {
    try {
      await this.veil(true)
    } catch {
      this.closeCamera()
      this.isVeiled = true
    }
  }

  /** Take noise away, or leave all there is to hear. @param {boolean} on */
  async quieten(on) {
    this.isQuiet = on
    if (this.microphone) {
      await this.microphone.applyConstraints(this.#wish("microphone", this.#sound))
      // Not every browser changes an open microphone: then it is opened anew.
      if (this.microphone.getSettings().noiseSuppression !== on) await this.choose("microphone", this.chosen.microphone)
    }
    this.#changed()
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
    this.#close("screen")
  }

  /** Show this from now on. @param {MediaStreamTrack} track */
  takeScreen(track) {
    this.#close("screen")
    track.addEventListener("ended", () => this.#ended("screen", track))
    this.screen = track
    this.#changed()
  }

  closeScreen() {
    this.#close("screen")
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
    // Nobody is to take it for shut meanwhile.
    this.#close(kind, true)
    try {
      await (kind === "camera" ? this.openCamera() : this.openMicrophone())
    } catch (error) {
      this.#changed()
      throw error
    }
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

  get #sound() {
    return { ...SOUND, noiseSuppression: this.isQuiet }
  }

  /** Nothing sharp goes out where it was not to: then no picture at all. @param {MediaStreamTrack} camera */
  async #cover(camera) {
    try {
      return await (await import("./veil.js")).veil(camera)
    } catch (error) {
      if (!this.camera) camera.stop()
      throw error
    }
  }

  /**
   * @param {"microphone" | "camera"} kind
   * @param {MediaStreamConstraints} constraints
   */
  async #open(kind, constraints) {
    if (!navigator.mediaDevices?.getUserMedia) throw new TypeError("no mediaDevices")
    const closings = this.#closings[kind]
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    const [track] = stream.getTracks()
    track.contentHint = kind === "microphone" ? "speech" : "motion"
    const shown = kind === "camera" && this.isVeiled ? await this.#cover(track) : track
    // Two presses at once opened two, or it was closed meanwhile: let this one go.
    if (this[kind] || closings !== this.#closings[kind]) {
      track.stop()
      shown.stop()
      return
    }
    track.addEventListener("ended", () => this.#ended(kind, track))
    this[kind] = shown
    if (shown !== track) this.#behind = track
    this.#changed()
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
   * @param {"microphone" | "camera" | "screen"} kind
   * @param {MediaStreamTrack} track
   */
  #ended(kind, track) {
    const behind = kind === "camera" ? this.#behind : null
    if ((behind ?? this[kind]) !== track) return
    this[kind] = null
    if (behind) this.#behind = null
    this.#changed()
    this.dispatchEvent(new CustomEvent("taken", { detail: kind }))
  }

  /**
   * @param {"microphone" | "camera" | "screen"} kind
   * @param {boolean} [quietly] another one opens at once
   */
  #close(kind, quietly = false) {
    this.#closings[kind] += 1
    const track = this[kind]
    if (!track) return
    this[kind] = null
    track.enabled = false
    track.stop()
    if (kind === "camera") {
      this.#behind?.stop()
      this.#behind = null
    }
    if (!quietly) this.#changed()
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }
}
