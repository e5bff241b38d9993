// @ts-check

import { copyOf, fill, keepRows } from "../lib/dom.js"

/**
 * <alert-strips> tells the host what changes the way of talking now ("Skift emne. Kun ja/nej.")
 * and what to say. The young person's screen shows nothing of it.
 */
export class AlertStrips extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const alerts = state?.alerts ?? []
    const turned = alerts.some((alert) => alert.id === "change-subject")
    this.closest(".host__call")?.classList.toggle("host__call--turned", turned)
    keepRows(
      this,
      alerts,
      (alert) => alert.id,
      () => copyOf(document, "template[data-alert]"),
      (strip, alert) => {
        fill(strip, "alert-title", alert.title)
        fill(strip, "alert-text", alert.text)
      },
    )
  }
}

customElements.define("alert-strips", AlertStrips)
