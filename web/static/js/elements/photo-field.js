// @ts-check

const SIDE = 480

/**
 * <photo-field> makes a chosen photo small and square before it is sent: a phone's own is far
 * larger than is needed, and says where it was taken. Without script the server says what fits.
 * `data-ready` says that what is to be sent is in the field.
 */
export class PhotoField extends HTMLElement {
  connectedCallback() {
    this.querySelector("input")?.addEventListener("change", this.#shrink)
  }

  /** @param {Event} event */
  #shrink = async (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || !field.files?.[0]) return
    this.removeAttribute("data-ready")
    try {
      const picture = await createImageBitmap(field.files[0])
      const canvas = document.createElement("canvas")
      canvas.width = canvas.height = SIDE
      const side = Math.min(picture.width, picture.height)
      const left = (picture.width - side) / 2
      const top = (picture.height - side) / 2
      canvas.getContext("2d")?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE)
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))
      if (small instanceof Blob) {
        const chosen = new DataTransfer()
        chosen.items.add(new File([small], "portrait.jpg", { type: "image/jpeg" }))
        field.files = chosen.files
      }
    } catch {
      // Not a picture this browser can open: it goes as it is, and the server says what is wrong.
    }
    this.setAttribute("data-ready", "")
  }
}

customElements.define("photo-field", PhotoField)
