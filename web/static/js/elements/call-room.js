// @ts-check

import { Awake } from "../call/awake.js"
import { Connection } from "../call/connection.js"
import { Devices } from "../call/devices.js"
import { keep } from "../call/keeping.js"
import { Levels } from "../call/levels.js"
import { Own } from "../call/own.js"
import { canCall } from "../call/peer.js"
import { START, expectsMedia, isOver, phase, step } from "../call/session.js"
import { Line, Refused } from "../call/signalling.js"
import { Sound } from "../call/sound.js"
import { Tune } from "../call/tune.js"
import { CallParts } from "./call-parts.js"

/**
 * <call-room> holds a whole meeting in one document: trying sound and picture, waiting, the
 * door, the talk, the pause and the end are sections (`data-phase`) of which one shows, so that
 * the media connection made in the first is the one of the last.
 *
 *   <call-room data-line="/line" data-offer="/calling/offer" data-slots="5" data-role="…"
 *     data-lost="…" data-blocked="…" data-full="…" data-fail-denied="…" …>
 *
 * The parts of the page are told every change (call-parts.js); they answer with `deed` events
 * (lib/deed.js), and plain buttons with `data-action`.
 */
export class CallRoom extends HTMLElement {
  #session = START
  #phase = "opening"
  #since = 0
  #devices = new Devices()
  #sound = new Sound()
  #tune = new Tune()
  #levels = new Levels()
  #awake = new Awake()
  #parts = new CallParts(this)
  /** @type {Line} */
  #line
  /** @type {Connection} */
  #connection
  /** @type {Own} */
  #own

  constructor() {
    super()
    this.#line = new Line(this.dataset.line ?? "/line")
    this.#connection = new Connection(this.dataset.offer ?? "", Number(this.dataset.slots))
    this.#own = new Own(this.#devices, this.#connection, this.#line)
  }

  // Lifecycle

  connectedCallback() {
    this.addEventListener("click", this.#pressed)
    this.addEventListener("deed", this.#deed)
    this.addEventListener("refused", this.#refused)
    this.addEventListener("choose", this.#choose)
    this.addEventListener("chime", this.#chime)
    this.#line.addEventListener("message", this.#heard)
    this.#line.addEventListener("standing", this.#lineChanged)
    this.#connection.addEventListener("slots", this.#slotsChanged)
    this.#connection.addEventListener("change", this.#mediaChanged)
    this.#connection.addEventListener("cut", this.#cut)
    this.#devices.addEventListener("change", this.#follow)
    this.#sound.addEventListener("silenced", this.#silenced)
    addEventListener("pagehide", this.#leavePage)
    this.#connection.expects = () => expectsMedia(this.#session)
    this.#parts.start(this.#devices, this.#connection, this.#tune)
    this.#line.open()
    this.#connection.open()
    this.#levels.start(() => this.#connection.slots, this.#speaks)
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leavePage)
    this.#end()
  }

  // Actions: what plain buttons of the page do

  /** @type {Record<string, () => unknown>} */
  #actions = {
    knock: () => this.#knock(),
    withdraw: () => this.#line.ask("withdraw").then(() => this.#step({ type: "again" })),
    again: () => this.#step({ type: "again" }),
    reload: () => location.reload(),
    microphone: () => this.#turn("microphone"),
    camera: () => this.#turn("camera"),
    regain: () => (this.#devices.closeMicrophone(), this.#startSound(), this.#turn("microphone", true)),
    pause: () => (this.#phase === "paused" ? this.#goOn() : this.#own.pause()),
    resume: () => this.#line.ask("resume"),
    // Pressed twice in a fright it is still on; the way back is the card's own.
    subject: () => this.#line.tell("change_subject", { on: true }),
    "subject-back": () => this.#line.tell("change_subject", { on: false }),
    writing: () => this.#line.tell("writing", { on: !this.#you?.writing }),
    away: () => this.#line.ask("step_away"),
    sound: () => this.#startSound(),
    leave: () => this.#stopAnd("leave"),
    finish: () => this.#stopAnd("finish"),
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-action]") : null
    if (!(button instanceof HTMLElement) || button.getAttribute("aria-disabled") === "true") return
    this.#parts.trouble("")
    this.#tune.wake()
    try {
      await this.#actions[button.dataset.action ?? ""]?.()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#parts.trouble(error.text)
    }
  }

  /** @param {Event} event */
  #deed = (event) => {
    const deed = /** @type {import("../lib/deed.js").Deed} */ (event)
    const { type, ...fields } = deed.detail
    if (type === "together" && this.dataset.role !== "caseworker") this.#own.hold(this.#phase)
    if (type in WITHOUT_REF) {
      this.#line.tell(type, fields)
      deed.answer = Promise.resolve()
    } else {
      deed.answer = this.#line.ask(type, fields)
    }
  }

  /** A part has no place of its own for a no. @param {Event} event */
  #refused = (event) => this.#parts.trouble(/** @type {CustomEvent} */ (event).detail)

  /** @param {Event} event */
  #choose = async (event) => {
    const { kind, id } = /** @type {CustomEvent} */ (event).detail
    try {
      await this.#devices.choose(kind, id)
      if (kind === "speaker") await this.#sound.choose(id)
    } catch (error) {
      this.#parts.trouble(this.#parts.help(error))
    }
  }

  /** @param {Event} event */
  #heard = (event) => {
    const message = /** @type {CustomEvent} */ (event).detail
    if (message.type === "silent") this.#connection.silent(message.connection)
    else if (message.type === "rejoin") this.#connection.join()
    else if (message.type === "news") this.#news(message)
    else if (message.type === "refused") {
      this.#own.forget()
      this.#parts.trouble(message.text)
      this.#follow()
    }
    this.#step(message)
  }

  #chime = () => this.#tune.news()
  /** @param {Event} event */
  #lineChanged = (event) => {
    const standing = /** @type {CustomEvent} */ (event).detail
    if (standing === "open") this.#own.forget()
    if (standing === "open" && this.#session.line === "lost") this.#connection.hurry()
    this.#step({ type: "line", standing })
  }

  #follow = () => {
    if (this.#session.state) this.#own.follow(this.#session.state.you, this.#phase)
  }

  #slotsChanged = () => {
    this.#sound.play(this.#connection.slots)
    this.#parts.play(this.#connection.slots)
  }

  #mediaChanged = () => {
    this.dataset.media = this.#connection.standing
    // While sound and picture are tried, the check itself says it.
    const { standing } = this.#connection
    const isTold = (standing === "blocked" || standing === "full") && this.#phase !== "outside"
    this.#parts.trouble(isTold ? (this.dataset[standing] ?? "") : "")
  }

  /** @type {(slot: number, speaks: boolean) => void} */
  #speaks = (slot, speaks) => this.#parts.speaks(slot, speaks)

  #silenced = () => this.#parts.needsTap(true)

  #cut = () => this.#line.renew()
  /** The page may be kept for the back button: nothing of it may go on hearing (L18). */
  #leavePage = () => this.#end()
  // Internal

  get #you() {
    return this.#session.state?.you
  }

  /** @param {any} message */
  #step(message) {
    this.#session = step(this.#session, message)
    const before = this.#phase
    this.#phase = phase(this.#session, canCall())
    this.#follow()
    this.#parts.show(this.#session, this.#phase, this.#devices)
    if (before !== this.#phase) this.#entered(before, this.#phase)
  }

  /**
   * @param {string} before
   * @param {string} now
   */
  #entered(before, now) {
    this.#since = performance.now()
    if (AWAKE.has(now)) this.#awake.start()
    else this.#awake.stop()
    if (isOver(now)) this.#sound.stop()
    else if (isOver(before)) this.#slotsChanged()
    if (now === "moved" || now === "gone") this.#end()
    // The cookie changes (L10), and one's own device is remembered for the note (U8).
    if (now === "call" && this.dataset.keep) keep(this.dataset.keep)
    this.#parts.entered(before, now)
  }

  /** Out of the pause by the bar, but not by the second half of a double tap. */
  #goOn() {
    return performance.now() - this.#since < SETTLES ? undefined : this.#line.ask("resume")
  }

  async #knock() {
    await this.#line.ask("knock")
    this.#own.bring()
    this.#startSound()
  }

  /** One's own tracks stop before a word is sent (P8). @param {"leave" | "finish"} deed */
  #stopAnd(deed) {
    this.#own.stop()
    return this.#line.ask(deed)
  }

  /** @param {"microphone" | "camera"} kind */
  async #turn(kind, on = !this.#you?.[kind]) {
    try {
      await this.#own.turn(kind, on)
    } catch (error) {
      this.#parts.trouble(this.#parts.help(error))
    }
  }

  #startSound() {
    this.#sound.start()
    this.#parts.needsTap(false)
  }

  /** @param {{text: string, sound: boolean}} message */
  #news({ text, sound }) {
    this.#parts.say(text)
    if (sound) this.#tune.news()
  }

  #end() {
    this.#levels.stop()
    this.#awake.stop()
    this.#devices.closeAll()
    this.#connection.close()
    this.#line.close()
    this.#sound.stop()
    this.#tune.close()
  }
}

const SETTLES = 600 // ms
const AWAKE = new Set(["call", "door", "paused", "together", "lobby", "room", "locked", "waits"])
const WITHOUT_REF = { open_door: 1, close_door: 1, admit: 1, turn_away: 1, asked_again: 1, look_away: 1 }

customElements.define("call-room", CallRoom)
