// @ts-check

import { isOver } from "./session.js"

/** Phases in which somebody in the meeting is neither heard nor seen by anybody. */
const SILENT = new Set(["paused", "waits"])

/**
 * One's own sound and picture: what is open on this device, what is carried to the server, and
 * what the server says is so. Closing is done here first and told afterwards; opening waits for
 * the server's `state` (P8). Never more is carried than both allow.
 */
export class Own {
  #devices
  #connection
  #line
  /** Opened by a press, and not yet confirmed by a `state`. */
  #asked = { microphone: false, camera: false }
  /** Told to be off, and not yet confirmed: said once is enough. */
  #off = { microphone: false, camera: false }
  /** Closed here by a press: only another press opens it, whatever a late `state` says. */
  #closed = { microphone: false, camera: false }
  #toldVeiled = false
  /** How often each was turned on or off here: the last one counts, however long a browser asks. */
  #turns = { microphone: 0, camera: 0 }
  /** The phase in which nothing is let out, since a more closed one was asked for. */
  #heldIn = ""

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {import("./connection.js").Connection} connection
   * @param {import("./signalling.js").Line} line
   */
  constructor(devices, connection, line) {
    this.#devices = devices
    this.#connection = connection
    this.#line = line
  }

  // Actions

  /**
   * Throws what the browser throws when the device does not open.
   *
   * @param {"microphone" | "camera"} kind
   * @param {boolean} on
   */
  async turn(kind, on) {
    const turn = ++this.#turns[kind]
    if (!on) {
      this.#shut(kind)
      this.#takeBack(kind)
      return
    }
    this.#asked[kind] = true
    this.#off[kind] = this.#closed[kind] = false
    try {
      await (kind === "camera" ? this.#devices.openCamera() : this.#devices.openMicrophone())
    } catch (error) {
      if (turn === this.#turns[kind]) this.#asked[kind] = false
      throw error
    }
    if (turn === this.#turns[kind]) this.#on(kind)
  }

  /** Pause: nothing leaves this device from now on, and then the others are told. */
  pause() {
    this.stop()
    return this.#line.ask("pause")
  }

  /**
   * A talk with fewer ears was asked for: nothing leaves this device before the server has it so.
   *
   * @param {string} phase the one that is to end
   */
  hold(phase) {
    this.#heldIn = phase
    for (const track of [this.#devices.microphone, this.#devices.camera]) {
      if (track) track.enabled = false
    }
    this.#connection.carry({ microphone: null, camera: null })
  }

  /** Let nothing more out, at once and whatever the line is doing. */
  stop() {
    this.#asked = { microphone: false, camera: false }
    this.#turns.microphone += 1
    this.#turns.camera += 1
    this.#devices.closeAll()
    this.#connection.carry({ microphone: null, camera: null, screen: null })
  }

  /** What was tried before knocking goes along: sound and picture as they were chosen there. */
  bring() {
    for (const kind of /** @type {const} */ (["microphone", "camera"])) {
      if (!this.#devices[kind]) continue
      this.#asked[kind] = true
      this.#closed[kind] = false
      this.#on(kind)
    }
  }

  /** The rules said no to something this page asked for, or what was told may be lost. */
  forget() {
    this.#off = { microphone: false, camera: false }
    this.#asked = { microphone: false, camera: false }
    this.#heldIn = ""
  }

  /**
   * Follow the server: carry what is on, shut what is off, and take back what this device
   * cannot keep (a reloaded page has no microphone open and says so).
   *
   * @param {import("./session.js").You} you
   * @param {string} phase
   */
  follow(you, phase) {
    if (isOver(phase)) return this.stop()
    const isTrying = phase === "outside"
    if (this.#heldIn !== phase) this.#heldIn = ""
    const flows = !isTrying && !SILENT.has(phase) && this.#heldIn === ""
    const isOn = {
      microphone: flows && you.microphone && !this.#closed.microphone,
      camera: flows && you.camera && !this.#closed.camera,
    }
    for (const kind of /** @type {const} */ (["microphone", "camera"])) {
      const track = this.#devices[kind]
      const isKept = track !== null && !this.#closed[kind]
      if (!you[kind]) this.#off[kind] = false
      else if (!isKept && !this.#asked[kind] && !this.#off[kind]) this.#takeBack(kind)
      if (you[kind]) this.#asked[kind] = false
      else if (!isTrying && !this.#asked[kind] && kind === "camera") this.#devices.closeCamera()
      if (track) track.enabled = isTrying || isOn[kind]
    }
    const { microphone, camera, screen } = this.#devices
    if (isOn.camera && camera && this.#devices.isVeiled !== this.#toldVeiled) this.#on("camera")
    this.#connection.carry({
      microphone: isOn.microphone ? microphone : null,
      camera: isOn.camera ? camera : null,
      screen: flows && you.screen ? screen : null,
    })
  }

  /** What the server does not know to be blurred it does not forward where it has to be. @param {"microphone" | "camera"} kind */
  #on(kind) {
    if (kind === "microphone") return this.#line.tell(kind, { on: true })
    this.#toldVeiled = this.#devices.isVeiled
    this.#line.tell(kind, { on: true, veiled: this.#toldVeiled })
  }

  /** @param {"microphone" | "camera"} kind */
  #takeBack(kind) {
    this.#off[kind] = true
    this.#line.tell(kind, { on: false })
  }

  /** @param {"microphone" | "camera"} kind */
  #shut(kind) {
    this.#asked[kind] = false
    this.#closed[kind] = true
    const track = this.#devices[kind]
    if (track) track.enabled = false
    if (kind === "camera") this.#devices.closeCamera()
    this.#connection.carry({ [kind]: null })
  }
}
