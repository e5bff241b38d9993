// @ts-check

import { copyOf, fill, keepRows } from "../lib/dom.js"

/** <aside-prompts> gives the two in the bisidder's room something to begin with. */
export class AsidePrompts extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const prompts = state?.aside?.prompts ?? []
    this.hidden = prompts.length === 0
    const list = this.querySelector("ul")
    if (!list) return
    keepRows(
      list,
      prompts,
      (prompt) => prompt,
      () => copyOf(this, "template"),
      (row, prompt) => fill(row, "prompt", prompt),
    )
  }
}

customElements.define("aside-prompts", AsidePrompts)
