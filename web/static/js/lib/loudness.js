// @ts-check

const QUIETEST = -52 // dB: a quiet room
const LOUDEST = -12 // dB: talking close to the microphone
const BARS = 10

/**
 * How many of ten bars a sound lights.
 *
 * @param {number} level 0 to 1, linear, as browsers measure it
 */
export function bars(level) {
  if (level <= 0) return 0
  const decibel = 20 * Math.log10(level)
  const share = (decibel - QUIETEST) / (LOUDEST - QUIETEST)
  return Math.round(Math.min(1, Math.max(0, share)) * BARS)
}

const SPEAKS = 0.02 // linear: clearly above breath and keyboard
const LINGERS = 900 // ms: the rim does not flicker between two words

/** Tells speaking from not speaking, without flickering. */
export class Speaking {
  #heardAt = -Infinity

  /**
   * @param {number} now
   * @param {number} level
   */
  hears(now, level) {
    if (level > SPEAKS) this.#heardAt = now
    return now - this.#heardAt < LINGERS
  }
}

/**
 * Root mean square of samples around zero.
 *
 * @param {Float32Array} samples
 */
export function rms(samples) {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length ? Math.sqrt(sum / samples.length) : 0
}
