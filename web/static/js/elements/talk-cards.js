// @ts-check

import { copyOf, fill, keepRows, the } from "../lib/dom.js"

/**
 * What stands on the young person's screen beside the faces, always in the same place: a question
 * with Yes and No, or the calm card. Both are there while the server says so, and both can be
 * read over a shoulder.
 *
 * @typedef {import("../call/session.js").Session} Session
 */

/** <ask-card>: the answer goes to the caseworker, and the card is gone. */
export class AskCard extends HTMLElement {
  show(/** @type {Session} */ { state }) {
    const ask = state?.ask ?? null
    this.hidden = ask === null
    this.closest("call-room")?.toggleAttribute("data-has-ask", ask !== null)
    if (!ask) return
    fill(this, "ask-text", ask.text)
    for (const button of this.querySelectorAll("[data-answer]")) {
      if (!(button instanceof HTMLElement)) continue
      const yes = button.dataset.answer === "yes"
      button.dataset.fields = JSON.stringify({ ask: ask.id, yes })
    }
  }
}

/** <calm-card>: a light that grows and shrinks like a breath, and nothing that has to be done. */
export class CalmCard extends HTMLElement {
  show(/** @type {Session} */ { state }) {
    const calm = state?.calm ?? null
    this.hidden = calm === null
    this.closest("call-room")?.toggleAttribute("data-has-calm", calm !== null)
    fill(this, "calm-title", calm?.title ?? "")
    fill(this, "calm-text", calm?.text ?? "")
    fill(this, "calm-call", calm?.calls_back ?? "")
  }
}

/** <adult-panel>: whom the meeting knows; the young person picks who shall come. */
export class AdultPanel extends HTMLElement {
  show(/** @type {Session} */ { state }) {
    keepRows(
      the(this, "[data-adults]", HTMLElement),
      /** @type {{who: string, label: string}[]} */ (state?.adults ?? []),
      (adult) => adult.who,
      () => copyOf(this, "template"),
      (row, adult) => {
        fill(row, "adult", adult.label)
        row.dataset.fields = JSON.stringify({ who: adult.who })
      },
    )
  }
}

/** <opening-line>: what is written down, and that it can be read, until it has been said (S33). */
export class OpeningLine extends HTMLElement {
  show(/** @type {Session} */ { state }) {
    const words = state?.opening ?? ""
    this.hidden = words === ""
    if (this.textContent !== words) this.textContent = words
  }
}

customElements.define("ask-card", AskCard)
customElements.define("calm-card", CalmCard)
customElements.define("adult-panel", AdultPanel)
customElements.define("opening-line", OpeningLine)
