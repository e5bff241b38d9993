// @ts-check

/**
 * One part of another page of ours, as it stands there now. The browser parses it without
 * running anything in it, so no markup is ever made from a string here.
 *
 * @param {string} address
 * @param {string} selector
 * @returns {Promise<Element | null>} null when it did not come
 */
export function fetched(address, selector) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("GET", address)
    request.responseType = "document"
    request.addEventListener("loadend", () => {
      const part = request.status === 200 ? request.response?.querySelector(selector) : null
      resolve(part ? document.adoptNode(part) : null)
    })
    request.send()
  })
}
