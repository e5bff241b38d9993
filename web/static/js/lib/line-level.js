// @ts-check

/**
 * How good one's own line is, in three words that do not flicker: it has to be worse for a while
 * until it counts as worse, and better for longer until it is believed.
 *
 * @typedef {"fine" | "weak" | "poor"} Level
 * @typedef {object} Look what one look at a line found
 * @property {number} lost share of packets that did not come through, the worse direction
 * @property {number} delay seconds there and back
 * @property {number} room bit/s that fit on the way up; Infinity where the browser does not say
 * @property {Level} way what the server says of the way down
 */

const WORSE = 4000 // ms
const BETTER = 12_000
const QUEUES = 0.3 // seconds there and back, where a good line takes a tenth
const ORDER = ["fine", "weak", "poor"]

export class LineLevel {
  /** @type {Level} */
  level = "fine"
  /** @type {Level} */
  #next = "fine"
  #since = 0

  /** Whether the last look found the level that holds, and not a better one still to be believed. */
  get isSo() {
    return this.#next === this.level
  }

  /**
   * @param {number} now
   * @param {Look} look
   * @returns {Level}
   */
  look(now, look) {
    const found = levelOf(look)
    if (found === this.level) this.#next = found
    else if (found !== this.#next) {
      this.#next = found
      this.#since = now
    }
    const isWorse = ORDER.indexOf(this.#next) > ORDER.indexOf(this.level)
    if (this.#next !== this.level && now - this.#since >= (isWorse ? WORSE : BETTER)) this.level = this.#next
    return this.level
  }
}

/** @param {Look} look @returns {Level} */
function levelOf({ lost, delay, room, way }) {
  // A browser may believe in little room only because its own computer is busy: then nothing queues.
  if (way === "poor" || lost > 0.15 || (room < 90_000 && delay > QUEUES)) return "poor"
  if (way === "weak" || lost > 0.05 || delay > 0.7 || (room < 250_000 && delay > QUEUES)) return "weak"
  return "fine"
}
