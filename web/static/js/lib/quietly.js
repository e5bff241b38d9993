// @ts-check

/**
 * Post a form without leaving the page. What was typed stays where it is until the server has
 * kept it (P10); without script the same form posts the ordinary way.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 * @returns {Promise<{ok: boolean, status: number, told: Record<string, any>}>}
 */
export async function post(form, submitter = null) {
  const named = submitter instanceof HTMLButtonElement && submitter.name !== ""
  const body = new FormData(form)
  if (named) body.append(submitter.name, submitter.value)
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? ""
  return postTo(address, body)
}

/**
 * @param {string} address
 * @param {FormData} fields
 * @param {AbortSignal | null} [signal] gives up
 * @returns {Promise<{ok: boolean, status: number, told: Record<string, any>}>}
 */
export async function postTo(address, fields, signal = null) {
  try {
    const response = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (fields)),
      headers: { Accept: "application/json" },
      signal,
    })
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json")
    return { ok: response.ok, status: response.status, told: isJson ? await response.json() : {} }
  } catch {
    // No network, or given up: the caller says so, next to the words that are still there.
    return { ok: false, status: 0, told: {} }
  }
}
