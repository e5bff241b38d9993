// @ts-check

const PATIENCE = 8 * 1000 // ms: a line that comes back by itself is not worth a telephone call

/**
 * <fallback-plan> is what was agreed for when the line breaks: who calls whom, and the number. It
 * stands in the page from the start, so that it can be read when the server is down (P12).
 *
 *   <fallback-plan data-shows hidden>…</fallback-plan>
 */
export class FallbackPlan extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  show(
    /** @type {import("../call/session.js").Session} */ { line },
    /** @type {string} */ phase,
  ) {
    const broken = line === "lost" && IN_TALK.has(phase)
    if (!broken) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.hidden = true
    } else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => (this.hidden = false), PATIENCE)
    }
  }
}

const IN_TALK = new Set(["door", "call", "paused", "locked", "room", "together", "waits"])

customElements.define("fallback-plan", FallbackPlan)
