// @ts-check

/**
 * What a screen reader is told of a change: one's own switches and who else fell silent or is
 * heard again. Few words; who came and went is news of its own, and a pause has a title.
 *
 * @typedef {import("../call/session.js").Shown} Shown
 *
 * @param {Shown | null} before
 * @param {Shown | null} now
 * @returns {{id: string, who: string}[]}
 */
export function changes(before, now) {
  if (!before || !now || !TOGETHER.has(now.phase) || before.phase !== now.phase) return []
  const found = []
  for (const kind of /** @type {const} */ (["microphone", "camera"])) {
    if (before.you[kind] !== now.you[kind]) found.push({ id: `${kind}-${now.you[kind] ? "on" : "off"}`, who: "" })
  }
  for (const person of now.people) {
    const was = before.people.find((other) => other.seat === person.seat)
    if (!was || was.microphone === person.microphone || !was.here || !person.here) continue
    found.push({ id: person.microphone ? "heard" : "silent", who: person.name })
  }
  return found
}

const TOGETHER = new Set(["call", "room", "door", "together"])
