// @ts-check

/**
 * Put values into a sentence from the catalogue: "Luk {hvem} ind".
 *
 * @param {string} sentence
 * @param {Record<string, string>} values
 */
export function put(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}
