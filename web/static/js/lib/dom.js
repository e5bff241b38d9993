// @ts-check

/**
 * Put words where the page has a place for them: every `[data-fill=name]` under `root`.
 * Always as text, never as markup.
 *
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} words
 */
export function fill(root, name, words) {
  for (const place of root.querySelectorAll(`[data-fill="${name}"]`)) {
    if (place.textContent !== words) place.textContent = words
  }
}

/**
 * A copy of what stands in a `<template>`.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function copyOf(root, selector) {
  const template = root.querySelector(selector)
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`the page has no ${selector}`)
  const original = template.content.firstElementChild
  if (!(original instanceof HTMLElement)) throw new Error(`${selector} is empty`)
  // Imported, not cloned: so a custom element in it is one at once, and can be told things.
  return document.importNode(original, true)
}

/**
 * Keep a list on the page in step with a list of values, without touching what stays:
 * whoever has the focus in a row, or is being read, is left in peace.
 *
 * @template Value
 * @param {Element} parent
 * @param {readonly Value[]} values
 * @param {(value: Value) => string} keyOf
 * @param {(value: Value) => HTMLElement} make
 * @param {(row: HTMLElement, value: Value) => void} show
 */
export function keepRows(parent, values, keyOf, make, show) {
  const keys = new Set(values.map(keyOf))
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map()
  for (const row of parent.querySelectorAll(":scope > [data-key]")) {
    if (!(row instanceof HTMLElement)) continue
    if (keys.has(row.dataset.key ?? "")) rows.set(row.dataset.key ?? "", row)
    else row.remove()
  }
  /** @type {Element | null} */
  let last = null
  for (const value of values) {
    const key = keyOf(value)
    const row = rows.get(key) ?? make(value)
    row.dataset.key = key
    show(row, value)
    /** @type {Element | null} */
    const place = last ? last.nextElementSibling : parent.firstElementChild
    if (place !== row) parent.insertBefore(row, place)
    last = row
  }
}

/**
 * The element with this role in a page part. It is an error of ours when it is missing.
 *
 * @template {HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function the(root, selector, kind) {
  const found = root.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`)
  return found
}
