// @ts-check

/** Four soft notes up and one back: D, F sharp, A, D, A. In hertz, and how long in seconds. */
const TUNE = [
  [293.66, 0.22],
  [369.99, 0.22],
  [440.0, 0.22],
  [587.33, 0.4],
  [440.0, 0.5],
]
/** Somebody came or has company: two low notes, quieter than speech. */
const NEWS = [
  [440.0, 0.14],
  [554.37, 0.3],
]

/**
 * The sounds this page makes by itself, and only after a tap: made on the spot, no file.
 */
export class Tune {
  /** @type {AudioContext | null} */
  #context = null

  /** @param {string} speaker device id, "" for the usual one */
  async play(speaker = "") {
    await this.#ready(speaker)
    return this.#sound(TUNE, 0.18)
  }

  /** Called in every press: from then on the page may make a sound by itself. */
  wake() {
    this.#context ??= new AudioContext()
    this.#context.resume()
  }

  news() {
    if (this.#context?.state === "running") this.#sound(NEWS, 0.06)
  }

  close() {
    this.#context?.close()
    this.#context = null
  }

  // Internal

  /** @param {string} speaker */
  async #ready(speaker) {
    this.wake()
    const context = /** @type {AudioContext} */ (this.#context)
    await context.resume()
    // @ts-ignore  (Chromium alone lets a page choose where this sound comes out)
    if (speaker) await context.setSinkId?.(speaker)
  }

  /**
   * @param {number[][]} notes
   * @param {number} loud
   * @returns {Promise<void>}
   */
  #sound(notes, loud) {
    const context = /** @type {AudioContext} */ (this.#context)
    let at = context.currentTime + 0.02
    for (const [hertz, seconds] of notes) {
      const note = context.createOscillator()
      const volume = context.createGain()
      note.type = "triangle"
      note.frequency.value = hertz
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(loud, at + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds)
      note.connect(volume).connect(context.destination)
      note.start(at)
      note.stop(at + seconds)
      at += seconds * 0.85
    }
    return new Promise((done) => setTimeout(done, (at - context.currentTime) * 1000))
  }
}
