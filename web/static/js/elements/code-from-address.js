// @ts-check

/**
 * <code-from-address> puts the one-time code behind the # into its field and takes it out of the
 * address, so that neither history nor a screenshot keeps it. Without script it is typed by hand.
 */
export class CodeFromAddress extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input")
    const code = decodeURIComponent(location.hash.slice(1))
    if (!field || !code) return
    field.value = code
    history.replaceState(null, "", location.pathname)
  }
}

customElements.define("code-from-address", CodeFromAddress)
