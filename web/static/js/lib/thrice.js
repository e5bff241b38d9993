// @ts-check

const PATIENCE = 5 * 1000 // ms between one press and the next

/**
 * Shift, pressed three times with nothing between (GOV.UK's way out). Not Escape: that one stops
 * a page from going where it is sent. Tells on the third press.
 */
export class Thrice {
  #count = 0
  #last = -Infinity
  #isDown = false

  /**
   * @param {{key: string, repeat?: boolean}} event
   * @param {number} moment ms
   * @returns {boolean} whether this was the third
   */
  press({ key, repeat = false }, moment) {
    if (key !== "Shift") return this.forget()
    if (repeat || this.#isDown) return false
    this.#isDown = true
    this.#count = moment - this.#last <= PATIENCE ? this.#count + 1 : 1
    this.#last = moment
    return this.#count === 3 && !this.forget()
  }

  /** @param {{key: string}} event */
  release({ key }) {
    if (key === "Shift") this.#isDown = false
  }

  /** Something else was pressed: a capital letter, or a press with Shift held down. */
  forget() {
    this.#count = 0
    return false
  }
}
