// @ts-check

import { fill } from "../lib/dom.js"

/**
 * <talk-clock> says until when the talk was agreed: a line to look at, which nothing announces.
 * What is left of it, in whole minutes, the server tells the host alone.
 *
 *   <talk-clock data-shows hidden><span data-fill="clock"></span> <span data-fill="left"></span></talk-clock>
 */
export class TalkClock extends HTMLElement {
  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
  ) {
    this.hidden = !state?.clock || !IN_TALK.has(phase)
    fill(this, "clock", state?.clock?.text ?? "")
    fill(this, "left", state?.clock?.left ?? "")
  }
}

const IN_TALK = new Set(["room", "call", "paused"])

customElements.define("talk-clock", TalkClock)
