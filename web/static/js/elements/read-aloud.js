// @ts-check

import { localVoice } from "../lib/voices.js"

/**
 * <read-aloud> reads the page's text with a voice of this device, and only such (P7). It stays
 * hidden where there is none; a second press stops it. Nothing is read before a tap. What is
 * being read wears the ring of focus meanwhile, and the focus itself stays where it was.
 *
 *   <read-aloud><button type="button" hidden>…</button><span hidden>Tag høretelefoner på</span></read-aloud>
 */
export class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.#button?.addEventListener("click", this.#pressed)
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", this.#look)
    addEventListener("pagehide", this.#stop)
    this.#look()
  }

  disconnectedCallback() {
    globalThis.speechSynthesis?.removeEventListener?.("voiceschanged", this.#look)
    removeEventListener("pagehide", this.#stop)
    this.#stop()
  }

  // Callbacks

  #look = () => {
    const isSilent = this.#voice === null
    for (const part of this.children) part.toggleAttribute("hidden", isSilent)
  }

  #stop = () => {
    globalThis.speechSynthesis?.cancel()
    for (const part of document.querySelectorAll(".is-read")) part.classList.remove("is-read")
  }

  #pressed = () => {
    const voice = this.#voice
    if (voice === null) return this.#look()
    if (speechSynthesis.speaking) return this.#stop()
    for (const { part, words } of this.#sentences()) {
      const said = new SpeechSynthesisUtterance(words)
      said.voice = /** @type {SpeechSynthesisVoice} */ (voice)
      said.lang = document.documentElement.lang
      said.rate = 0.95
      said.addEventListener("start", () => part.classList.add("is-read"))
      for (const over of ["end", "error"]) {
        said.addEventListener(over, () => part.classList.remove("is-read"))
      }
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
    return [...main.querySelectorAll(READ)]
      .filter((part) => part instanceof HTMLElement && part.offsetParent !== null)
      .filter((part) => !part.parentElement?.closest(".answer, .picture-answer, label"))
      .map((part) => ({ part, words: (part.textContent ?? "").replace(/\s+/g, " ").trim() }))
      .filter(({ words }) => words !== "")
  }
}

const READ = "h1, h2, p, label, legend:not(.unseen), .person-row__words, .answer, .picture-answer, .main-action"

customElements.define("read-aloud", ReadAloud)
