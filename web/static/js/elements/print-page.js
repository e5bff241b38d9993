// @ts-check

/**
 * <print-page> shows the button that prints the page, where a script can; elsewhere the browser's
 * own menu does.
 *
 *   <print-page><button type="button" hidden>Print</button></print-page>
 */
export class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    if (!button) return
    button.hidden = false
    button.addEventListener("click", this.#pressed)
  }

  // Callbacks

  #pressed = () => print()
}

customElements.define("print-page", PrintPage)
