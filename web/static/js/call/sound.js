// @ts-check

/**
 * Plays what the others say, one slot each. Kept apart from the pictures: a muted picture may
 * always play, while sound may first need a tap (iOS).
 *
 * Event: `silenced` (the browser wants a tap first).
 */
export class Sound extends EventTarget {
  /** @type {HTMLAudioElement[]} */
  #players = []

  /** @param {readonly import("./peer.js").Slot[]} slots */
  play(slots) {
    document.addEventListener("visibilitychange", this.#woke)
    slots.forEach(({ audio }, index) => {
      const player = (this.#players[index] ??= new Audio())
      player.autoplay = true
      player.srcObject = new MediaStream([audio])
    })
    this.start()
  }

  /** Start again, from a tap. */
  start() {
    for (const player of this.#players) player.play().catch(this.#failed)
  }

  /**
   * Where the sound comes out, in browsers that let a page choose.
   *
   * @param {string} id
   */
  async choose(id) {
    // @ts-ignore  (not in every browser)
    await Promise.all(this.#players.map((player) => player.setSinkId?.(id)))
  }

  stop() {
    document.removeEventListener("visibilitychange", this.#woke)
    for (const player of this.#players) player.srcObject = null
    this.#players = []
  }

  /** A phone that was away may have stopped what was playing. */
  #woke = () => document.visibilityState === "visible" && this.start()

  /** @param {unknown} error */
  #failed = (error) => {
    // AbortError: another stream took its place meanwhile, and that one plays.
    if (error instanceof DOMException && error.name === "NotAllowedError") {
      this.dispatchEvent(new Event("silenced"))
    }
  }
}
