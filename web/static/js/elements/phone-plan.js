// @ts-check

/**
 * <phone-plan> opens the presses of the phone plan while one of its alerts stands, and closes
 * them when somebody was reached or is back.
 *
 *   <phone-plan data-shows data-alerts="line-broke emergency" hidden>…</phone-plan>
 */
export class PhonePlan extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const own = (this.dataset.alerts ?? "").split(" ")
    this.hidden = !(state?.alerts ?? []).some((alert) => own.includes(alert.id))
  }
}

customElements.define("phone-plan", PhonePlan)
