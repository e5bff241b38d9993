// @ts-check

/**
 * <call-controls> keeps the bar true: every button names its present state in words, and none
 * is there that could not do anything.
 */
export class CallControls extends HTMLElement {
  show(
    /** @type {import("../call/session.js").Session} */ { state },
    /** @type {string} */ phase,
  ) {
    if (!state) return
    const { you } = state
    const isPaused = phase === "paused"
    let isBare = true
    for (const button of this.querySelectorAll("[data-action]")) {
      if (!(button instanceof HTMLElement)) continue
      switch (button.dataset.action) {
        case "microphone":
          button.hidden = you.write_only
          set(button, you.microphone && !isPaused, isPaused)
          break
        case "camera":
          button.hidden = you.camera_locked || you.write_only
          set(button, you.camera && !isPaused, isPaused)
          break
        case "pause":
          button.hidden = phase === "door" || phase === "together"
          button.setAttribute("aria-pressed", String(isPaused))
          break
        case "resume":
          button.hidden = !you.paused
          break
        case "subject":
          // It looks the same when it is on: nobody reads it over a shoulder.
          button.hidden = phase === "door" || phase === "together"
          break
        case "away":
          button.setAttribute("aria-pressed", String(state.help?.away === true))
          break
        case "writing":
          button.setAttribute("aria-pressed", String(you.writing === true))
      }
      isBare &&= button.hidden
    }
    this.toggleAttribute("data-bare", isBare)
  }
}

/**
 * @param {HTMLElement} button
 * @param {boolean} on
 * @param {boolean} waits during a pause nothing of one's own is opened
 */
function set(button, on, waits) {
  button.dataset.state = on ? "on" : "off"
  button.setAttribute("aria-disabled", String(waits))
}

customElements.define("call-controls", CallControls)
