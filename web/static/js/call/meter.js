// @ts-check

import { rms } from "../lib/loudness.js"

const BEAT = 80 // ms

/**
 * How loud one's own microphone is, a dozen times a second. The sound goes nowhere: it is
 * measured on this page and dropped.
 */
export class Meter {
  /** @type {AudioContext | null} */
  #context = null
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #beat

  /**
   * @param {MediaStreamTrack} track
   * @param {(level: number) => void} onLevel 0 to 1
   */
  start(track, onLevel) {
    this.stop()
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 1024
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    this.#context = context
    this.#beat = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      onLevel(rms(samples))
    }, BEAT)
  }

  stop() {
    clearInterval(this.#beat)
    this.#context?.close()
    this.#context = null
  }
}
