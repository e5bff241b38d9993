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
  if (!source) return 0
  // An old figure stays behind when somebody is muted: it says nothing about now. Browsers differ
  // in whether they count from 1970 or from the page's start.
  const at = source.timestamp < performance.timeOrigin ? source.timestamp : source.timestamp - performance.timeOrigin
  return now - at < 1000 ? (source.audioLevel ?? 0) : 0
}
