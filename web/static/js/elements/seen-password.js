// @ts-check

/**
 * <seen-password> lets whoever chooses a password look at what they typed: there is no second field
 * to type it into, and a slip would shut them out. It is dots again before it is sent.
 *
 *   <seen-password data-show="Vis adgangskoden" data-hide="Skjul adgangskoden"><input …></seen-password>
 */
export class SeenPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input")
    if (!field || this.querySelector("button")) return
    const words = document.createElement("span")
    const button = document.createElement("button")
    button.type = "button"
    button.className = "text-action"
    button.append(words)
    const show = (/** @type {boolean} */ isSeen) => {
      field.type = isSeen ? "text" : "password"
      words.textContent = (isSeen ? this.dataset.hide : this.dataset.show) ?? ""
    }
    button.addEventListener("click", () => show(field.type === "password"))
    field.form?.addEventListener("submit", () => show(false))
    show(false)
    this.append(button)
  }
}

customElements.define("seen-password", SeenPassword)
