// @ts-check

/** Keeps the screen on from the lobby on: a phone that falls asleep leaves the call. */
export class Awake {
  /** @type {WakeLockSentinel | null} */
  #lock = null
  #isWanted = false

  start() {
    if (this.#isWanted) return
    this.#isWanted = true
    document.addEventListener("visibilitychange", this.#take)
    this.#take()
  }

  stop() {
    this.#isWanted = false
    document.removeEventListener("visibilitychange", this.#take)
    this.#lock?.release()
    this.#lock = null
  }

  #take = async () => {
    if (!this.#isWanted || document.visibilityState !== "visible") return
    // A phone short of battery says no; the call goes on, the screen may sleep.
    this.#lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null
  }
}
