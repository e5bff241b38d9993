// @ts-check

const AFTERWARDS = 1000 // ms: the server's clock decides, and this one may be a little ahead

/**
 * <look-again> loads the page anew when what it waits for has come: who is early and leaves the
 * page standing sees the door open, without opening the link another time.
 *
 *   <look-again data-in="540"></look-again>
 */
export class LookAgain extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  connectedCallback() {
    this.#timer = setTimeout(this.look, Number(this.dataset.in) * 1000 + AFTERWARDS)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  look = () => location.reload()
}

customElements.define("look-again", LookAgain)
