// @ts-check

import { Speaking } from "../lib/loudness.js"

const BEAT = 150 // ms

/**
 * Who is speaking, slot by slot, from what the browser already knows of each sound it plays.
 */
export class Levels {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #beat
  /** @type {Speaking[]} */
  #speakers = []

  /**
   * @param {() => readonly import("./peer.js").Slot[]} slots
   * @param {(slot: number, speaks: boolean) => void} onSpeaking
   */
  start(slots, onSpeaking) {
    this.stop()
    this.#beat = setInterval(() => {
      const now = performance.now()
      slots().forEach(({ receiver }, index) => {
        const speaker = (this.#speakers[index] ??= new Speaking())
        onSpeaking(index, speaker.hears(now, latest(receiver, now)))
      })
    }, BEAT)
  }

  stop() {
    clearInterval(this.#beat)
  }
}

/**
 * @param {RTCRtpReceiver} receiver
 * @param {number} now
 */
function latest(receiver, now) {
  const [source] = receiver.getSynchronizationSources()
  // An old figure stays behind when somebody is muted: it says nothing about now.
  if (!source || performance.timeOrigin + now - source.timestamp > 1000) return 0
  return source.audioLevel ?? 0
}
