// @ts-check

import { copyOf, keepRows } from "../lib/dom.js"
import { CallTile } from "./call-tile.js"

/**
 * <call-faces> lays out everybody whose picture or sound one gets now, a tile each, and keeps a
 * tile while its person stays. One's own tile may stand inside it as its last child.
 */
export class CallFaces extends HTMLElement {
  /** @type {readonly import("../call/peer.js").Slot[]} */
  #slots = []

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const people = state?.people ?? []
    this.dataset.count = String(people.length)
    keepRows(
      this,
      people,
      (person) => person.seat,
      () => copyOf(document, "template[data-tile]"),
      (row, person) => {
        if (!(row instanceof CallTile)) return
        row.person(person)
        this.#look(row)
      },
    )
  }

  /** Other tracks to play: the connection is new. @param {readonly import("../call/peer.js").Slot[]} slots */
  play(slots) {
    this.#slots = slots
    for (const tile of this.#tiles) this.#look(tile)
  }

  /**
   * @param {number} slot
   * @param {boolean} on
   */
  speaks(slot, on) {
    for (const tile of this.#tiles) if (tile.dataset.slot === String(slot)) tile.speaks(on)
  }

  /** Without a picture nothing is behind the lamp either. @param {CallTile} tile */
  #look(tile) {
    const slot = tile.dataset.picture === "on" ? this.#slots[Number(tile.dataset.slot)] : null
    tile.look(slot?.video ?? null)
  }

  get #tiles() {
    return [...this.querySelectorAll("call-tile[data-slot]")].filter(
      (tile) => tile instanceof CallTile,
    )
  }
}

customElements.define("call-faces", CallFaces)
