// @ts-check

import { copyOf, fill, keepRows, the } from "../lib/dom.js"

/**
 * <alert-strips> tells the host what changes the way of talking now ("Skift emne. Kun ja/nej."),
 * one line to say at most, and what can be done with one press. The young person's screen shows
 * nothing of it.
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
        fill(strip, "alert-say", alert.say)
        strip.classList.toggle("knock--quiet", alert.say === "" && alert.presses.length === 0)
        keepRows(
          the(strip, ".knock__presses", HTMLElement),
          alert.presses,
          (press) => press.label,
          () => copyOf(document, "template[data-press]"),
          (button, { label, main, deed: { type, ...fields } }) => {
            fill(button, "press-label", label)
            button.className = main ? "main-action" : "plain-action"
            button.dataset.sends = type
            button.dataset.fields = JSON.stringify(fields)
          },
        )
      },
    )
  }
}

customElements.define("alert-strips", AlertStrips)
