// @ts-check

import { failure } from "../lib/failures.js"
import { focusTitle, showScreen } from "../lib/screens.js"
import { CallFaces } from "./call-faces.js"
import { LiveStatus } from "./live-status.js"

/** The phases that fill the window: faces first, and nothing of the page around them. */
const IN_TALK = new Set(["call", "door", "paused", "together"])

/**
 * Whatever of the call page shows something, told together. A part with the attribute
 * `data-shows` has a method `show(session, phase, devices)` and hears every change; one with
 * `data-starts` has `start(devices, connection, tune)` and is handed them once.
 */
export class CallParts {
  #room

  /** @param {HTMLElement} room the <call-room> they stand in */
  constructor(room) {
    this.#room = room
  }

  // Actions

  /**
   * @param {import("../call/devices.js").Devices} devices
   * @param {import("../call/connection.js").Connection} connection
   * @param {import("../call/tune.js").Tune} tune
   */
  start(devices, connection, tune) {
    for (const part of this.#room.querySelectorAll("[data-starts]")) {
      // @ts-ignore  (each says in its own file what it needs)
      part.start(devices, connection, tune)
    }
  }

  /**
   * @param {import("../call/session.js").Session} session
   * @param {string} phase
   * @param {import("../call/devices.js").Devices} devices
   */
  show(session, phase, devices) {
    this.#room.dataset.standing = phase
    this.#room.dataset.lineStanding = session.line
    showScreen(this.#room, phase, session.state)
    for (const part of this.#room.querySelectorAll("[data-shows]")) {
      // @ts-ignore
      part.show(session, phase, devices)
    }
  }

  /**
   * @param {string} before
   * @param {string} now
   */
  entered(before, now) {
    document.body.classList.toggle("guest--call", IN_TALK.has(now))
    if (before !== "opening") focusTitle(this.#room)
  }

  /** @param {readonly import("../call/peer.js").Slot[]} slots */
  play(slots) {
    for (const faces of this.#faces) faces.play(slots)
  }

  /**
   * @param {number} slot
   * @param {boolean} speaks
   */
  speaks(slot, speaks) {
    for (const faces of this.#faces) faces.speaks(slot, speaks)
  }

  /** The browser plays nothing aloud before somebody taps. @param {boolean} needs */
  needsTap(needs) {
    for (const button of this.#room.querySelectorAll("[data-needs-tap]")) {
      button.toggleAttribute("hidden", !needs)
    }
  }

  /** What just happened, in words. @param {string} words */
  say(words) {
    for (const place of this.#status) place.say(words)
  }

  /** What stands in the way right now, in words, near where it was pressed. @param {string} words */
  trouble(words) {
    for (const place of this.#status) place.trouble(words)
  }

  /** What helps when a device does not open, in the page's words. @param {unknown} error */
  help(error) {
    return this.#room.getAttribute(`data-fail-${failure(error)}`) ?? ""
  }

  // Internal

  get #faces() {
    return [...this.#room.querySelectorAll("call-faces")].filter((part) => part instanceof CallFaces)
  }

  get #status() {
    return [...this.#room.querySelectorAll("live-status")].filter(
      (part) => part instanceof LiveStatus,
    )
  }
}
