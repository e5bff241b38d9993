// @ts-check

import { press } from "../lib/deed.js"
import { copyOf, fill, keepRows } from "../lib/dom.js"

/**
 * <aside-deeds> has the presses that open and close a talk beside the room ("Pause sammen"). The
 * server says which there are and what each is called; nothing is worked out here.
 *
 *   <aside-deeds data-shows><template>…a button[data-deed] with [data-fill="deed"]…</template>
 */
export class AsideDeeds extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const deeds = state?.aside?.deeds ?? []
    this.hidden = deeds.length === 0
    keepRows(
      this,
      deeds,
      ({ deed, seat }) => `${deed} ${seat ?? ""}`,
      () => copyOf(this, "template"),
      (button, { deed, label, seat }) => {
        button.dataset.deed = deed
        if (seat) button.dataset.seat = String(seat)
        fill(button, "deed", label)
      },
    )
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-deed]") : null
    if (!(button instanceof HTMLElement)) return
    const { deed = "", seat } = button.dataset
    press(this, deed, seat ? { seat: Number(seat) } : {})
  }
}

customElements.define("aside-deeds", AsideDeeds)
