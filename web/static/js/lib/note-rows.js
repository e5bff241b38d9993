// @ts-check

// The forms and rows of the note beside the call, renewed while somebody may be in them.

/**
 * What is wrong stands above its field, as on the page without script.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
export function tellWrong(form, fields) {
  for (const said of form.querySelectorAll("[data-told]")) said.remove()
  for (const box of form.querySelectorAll(".field__box")) box.removeAttribute("aria-invalid")
  for (const [name, words] of Object.entries(fields)) {
    const box = form.elements.namedItem(name)
    if (!(box instanceof HTMLElement) || !box.classList.contains("field__box")) continue
    const said = Object.assign(document.createElement("p"), { className: "field__error", textContent: words })
    said.dataset.told = name
    said.setAttribute("role", "alert")
    box.before(said)
    box.setAttribute("aria-invalid", "true")
  }
  const first = form.querySelector('[aria-invalid="true"]')
  if (first instanceof HTMLElement) first.focus()
}

/** Somebody is in one of its fields, or left words there unsaved. @param {Element} row */
export const isInUse = (row) =>
  [...row.querySelectorAll("textarea"), ...row.querySelectorAll("input")].some(
    (field) => field === document.activeElement || field.value !== field.defaultValue,
  ) ||
  [...row.querySelectorAll("select")].some(
    (choice) => choice === document.activeElement || choice.value !== "",
  )

/** Which press the focus stands on: where the form goes, or the row itself. @param {Element} row */
export const pressedIn = (row) => document.activeElement?.closest("form")?.getAttribute("action") ?? "summary"

/**
 * The button just pressed may be gone with what it did; the focus stays in its row all the same.
 *
 * @param {Element} row
 * @param {string} pressed
 */
export function focusAgain(row, pressed) {
  const form = [...row.querySelectorAll("form")].find((one) => one.getAttribute("action") === pressed)
  const again = form?.querySelector("button")
  const place = again?.checkVisibility() ? again : row.querySelector("summary")
  place?.focus()
}
