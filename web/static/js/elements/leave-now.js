// @ts-check

/**
 * <leave-now> is "Gå nu": the page is blank in the same tick, camera and microphone stop, the
 * server is told without waiting, and a neutral page takes this one's place in the history
 * (P8, L18). Without script its form does the same, one breath later.
 *
 *   <leave-now data-to="/arriving/gone"><form method="post" action="/calling/leave">…</form></leave-now>
 */
export class LeaveNow extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#go)
  }

  /** @param {SubmitEvent} event */
  #go = (event) => {
    event.preventDefault()
    const form = event.target
    const address = form instanceof HTMLFormElement ? form.action : ""
    const to = this.dataset.to ?? "/arriving/gone"
    // What is taken off the page closes what it opened: tracks, media, the line.
    document.body.replaceChildren()
    navigator.sendBeacon(address, new URLSearchParams())
    if (navigator.onLine) location.replace(to)
    else history.replaceState(null, "", to)
  }
}

customElements.define("leave-now", LeaveNow)
