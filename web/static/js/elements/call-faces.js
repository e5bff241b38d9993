// @ts-check

import { copyOf, keepRows } from "../lib/dom.js"
import { arrange } from "../lib/layout.js"
import { CallTile } from "./call-tile.js"

/**
 * <call-faces> lays out everybody whose picture or sound one gets now, a tile each, and keeps a
 * tile while its person stays; a screen that is shown has a tile of its own. One's own tile may
 * stand inside it as its last child. Which one is large stands in lib/layout.js; a person's own
 * wish is `data-wish` of the room, for as long as the page is open.
 */
export class CallFaces extends HTMLElement {
  /** @type {readonly import("../call/peer.js").Slot[]} */
  #slots = []
  #large = ""
  /** @type {import("../call/session.js").Session | null} */
  #session = null

  connectedCallback() {
    this.closest("call-room")?.addEventListener("relayout", this.#again)
  }

  disconnectedCallback() {
    this.closest("call-room")?.removeEventListener("relayout", this.#again)
  }

  show(/** @type {import("../call/session.js").Session} */ session) {
    const { state, speaker } = (this.#session = session)
    const people = state?.people ?? []
    const screens = people.filter((person) => person.screen_slot !== null)
    const tiles = [
      ...screens.map((person) => ({ key: `screen:${person.seat}`, person, isScreen: true })),
      ...people.map((person) => ({ key: person.seat, person, isScreen: false })),
    ]
    keepRows(
      this,
      tiles,
      (tile) => tile.key,
      () => copyOf(document, "template[data-tile]"),
      (row, { person, isScreen }) => {
        if (!(row instanceof CallTile)) return
        if (isScreen) row.screen(person)
        else row.person(person)
        this.#look(row)
      },
    )
    const room = this.closest("call-room")
    const { layout, large } = arrange({
      seats: people.map((person) => person.seat),
      screens: screens.map((person) => person.seat),
      speaker,
      before: this.#large,
      wish: /** @type {import("../lib/layout.js").Wish} */ (room?.getAttribute("data-wish") ?? ""),
    })
    this.#large = large
    this.dataset.count = String(tiles.length)
    this.dataset.layout = layout
    for (const tile of this.#tiles) tile.toggleAttribute("data-large", tile.dataset.key === large)
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
    for (const tile of this.#tiles) {
      if (tile.dataset.slot === String(slot) && !tile.hasAttribute("data-screen")) tile.speaks(on)
    }
  }

  #again = () => this.#session && this.show(this.#session)

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
