// @ts-check

const THERE = "/arriving/another-way" // the page every guest with a living session may open

/**
 * Whether the server answers, and still knows who this is. `text` is what it says where it does not.
 *
 * @returns {Promise<{isThere: boolean, text: string}>}
 */
export async function reached() {
  try {
    const answer = await fetch(THERE, { headers: { Accept: "application/json" } })
    if (answer.ok) return { isThere: true, text: "" }
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json")
    return { isThere: false, text: isJson ? ((await answer.json()).text ?? "") : "" }
  } catch {
    return { isThere: false, text: "" }
  }
}
