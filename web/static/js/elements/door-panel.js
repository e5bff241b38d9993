// @ts-check

import { press } from "../lib/deed.js"
import { copyOf, fill, keepRows, the } from "../lib/dom.js"
import { put } from "../lib/text.js"

/**
 * <door-panel> is the host's door: everybody who knocks gets a strip above the faces, with what
 * the young person said about them and what they said about their room. The host talks with one
 * at a time and then decides (P1, P2). "Vent lidt" leaves the strip and says it was seen.
 */
export class DoorPanel extends HTMLElement {
  /** Knocks the host has asked to wait: their strip grows quiet. @type {Set<number>} */
  #waiting = new Set()
  /** @type {Set<number>} */
  #known = new Set()

  connectedCallback() {
    this.addEventListener("click", this.#pressed)
  }

  show(/** @type {import("../call/session.js").Session} */ { state }) {
    const knocks = state?.knocks ?? []
    for (const knock of knocks) if (!this.#known.has(knock.visit)) this.#announce(knock)
    this.#known = new Set(knocks.map((knock) => knock.visit))
    const list = the(this, "[data-strips]", HTMLElement)
    keepRows(
      list,
      knocks,
      (knock) => String(knock.visit),
      () => copyOf(this, "template"),
      (strip, knock) => this.#fill(strip, knock),
    )
  }

  // Callbacks

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-deed]") : null
    const strip = button?.closest("[data-key]")
    if (!(button instanceof HTMLElement) || !(strip instanceof HTMLElement)) return
    const visit = Number(strip.dataset.key)
    switch (button.dataset.deed) {
      case "wait":
        this.#waiting.add(visit)
        strip.classList.add("knock--waits")
        break
      case "turn_away":
        press(this, "turn_away", { visit, wrong_person: false })
        break
      case "wrong_person":
        press(this, "turn_away", { visit, wrong_person: true })
        break
      default:
        press(this, button.dataset.deed ?? "", { visit })
    }
  }

  // Internal

  /** Said aloud, with a soft sound: the host may be looking down and writing. @param {any} knock */
  #announce(knock) {
    fill(this, "knock-news", put(this.dataset.knocks ?? "", { hvem: knock.name }))
    this.dispatchEvent(new CustomEvent("chime", { bubbles: true }))
  }

  /**
   * @param {HTMLElement} strip
   * @param {any} knock
   */
  #fill(strip, knock) {
    const isAtDoor = knock.standing === "door"
    if (isAtDoor) this.#waiting.delete(knock.visit)
    strip.classList.toggle("knock--waits", this.#waiting.has(knock.visit))
    strip.dataset.standing = knock.standing
    for (const place of strip.querySelectorAll("[data-words]")) {
      place.textContent = put(place.getAttribute("data-words") ?? "", { hvem: knock.name })
    }
    const told = [knock.role_label, knock.verdict, knock.room, knock.why_not]
    fill(strip, "line", isAtDoor ? "" : sentences(told))
    fill(strip, "talking", knock.text)
    for (const part of strip.querySelectorAll("[data-when]")) {
      const when = part.getAttribute("data-when")
      part.toggleAttribute("hidden", when !== knock.standing)
    }
    for (const admit of strip.querySelectorAll('[data-deed="admit"]')) {
      admit.toggleAttribute("hidden", !(isAtDoor && knock.may_admit))
    }
  }
}

/** @param {string[]} told */
const sentences = (told) =>
  told
    .filter((part) => part !== "")
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(" ")

customElements.define("door-panel", DoorPanel)
