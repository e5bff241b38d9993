// @ts-check

import { localVoice } from "../lib/voices.js"

/**
 * <read-aloud> reads the page's text with a voice of this device, and only such (P7). It stays
 * hidden where there is none; a second press stops it. Nothing is read before a tap.
 *
 *   <read-aloud><button type="button" hidden>…</button></read-aloud>
 */
export class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.#button?.addEventListener("click", this.#pressed)
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", this.#look)
    this.#look()
  }

  disconnectedCallback() {
    globalThis.speechSynthesis?.removeEventListener?.("voiceschanged", this.#look)
    globalThis.speechSynthesis?.cancel()
  }

  // Callbacks

  #look = () => {
    if (this.#button) this.#button.hidden = this.#voice === null
  }

  #pressed = () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel()
    for (const words of this.#sentences()) {
      const said = new SpeechSynthesisUtterance(words)
      said.voice = /** @type {SpeechSynthesisVoice} */ (this.#voice)
      said.lang = document.documentElement.lang
      said.rate = 0.95
      speechSynthesis.speak(said)
    }
  }

  // Internal

  get #button() {
    return this.querySelector("button")
  }

  get #voice() {
    const voices = globalThis.speechSynthesis?.getVoices() ?? []
    return localVoice(voices, document.documentElement.lang)
  }

  /** Title, texts and answers that are on the screen, in the order they stand. */
  #sentences() {
    const main = this.closest("main, section, body") ?? document.body
    return [...main.querySelectorAll("h1, h2, p, label, legend, .answer, .main-action")]
      .filter((part) => part instanceof HTMLElement && part.offsetParent !== null)
      .map((part) => (part.textContent ?? "").replace(/\s+/g, " ").trim())
      .filter((words) => words !== "")
  }
}

customElements.define("read-aloud", ReadAloud)
