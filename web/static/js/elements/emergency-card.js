// @ts-check

/**
 * <emergency-card> unfolds by itself when the young person could not be reached after something
 * hard (D4): where they are and who is called then stand there without a search. Whoever folds it
 * again is left in peace.
 *
 *   <emergency-card data-shows><details>…</details></emergency-card>
 */
export class EmergencyCard extends HTMLElement {
  #stood = false

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const stands = (state?.alerts ?? []).some((alert) => alert.id === "emergency")
    const fold = this.querySelector("details")
    if (fold && stands && !this.#stood) fold.open = true
    this.#stood = stands
  }
}

customElements.define("emergency-card", EmergencyCard)
