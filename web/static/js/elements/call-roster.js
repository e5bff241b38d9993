// @ts-check

import { copyOf, fill, keepRows } from "../lib/dom.js"

/** <call-roster> says in words who is at each end (P9). A row with news is lit. */
export class CallRoster extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const rows = state?.roster ?? []
    this.hidden = rows.length === 0
    const list = this.querySelector("dl")
    if (!list) return
    keepRows(
      list,
      rows,
      (row) => row.where,
      () => copyOf(this, "template"),
      (line, row) => {
        line.classList.toggle("roster__row--new", row.fresh)
        fill(line, "where", row.where)
        fill(line, "who", row.who)
        fill(line, "beside", row.text ?? "")
      },
    )
  }
}

customElements.define("call-roster", CallRoster)
