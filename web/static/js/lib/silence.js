// @ts-check

const PATIENCE = 1000 // ms without one byte before the line counts as dead
const LONGEST = 16000 // ms between two attempts while nothing helps

/**
 * Notices that nothing comes in any more, long before the browser does (it takes 5-6 s).
 *
 * It is told how many bytes have come so far and whether somebody there should be heard or
 * seen. After an attempt that did not help it waits twice as long before the next one, so
 * that somebody else's dead line is not answered with a storm of our own.
 */
export class Silence {
  #bytes = -1
  #since = 0
  #patience = PATIENCE

  /**
   * @param {number} now milliseconds on any steady clock
   * @param {number} bytes received so far
   * @param {boolean} expecting whether anything should be coming
   * @returns {boolean} whether to join anew now
   */
  notice(now, bytes, expecting) {
    const came = bytes !== this.#bytes
    this.#bytes = bytes
    if (came || !expecting) {
      this.#since = now
      if (came) this.#patience = PATIENCE
      return false
    }
    if (now - this.#since < this.#patience) return false
    this.#since = now
    this.#patience = Math.min(this.#patience * 2, LONGEST)
    return true
  }
}
