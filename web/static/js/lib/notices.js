// @ts-check

/**
 * Which of the notices above the faces stands open. One at a time: the others keep their place and
 * their title beside it, so that faces come first and no alert is lost.
 *
 * @typedef {object} Notice
 * @property {string} key
 * @property {number} rank how soon it has to be seen, the lowest first: one of `RANK`
 *
 * @param {readonly Notice[]} notices as they stand on the page
 * @param {object} before
 * @param {string} before.front what stood open, "" for nothing
 * @param {string} before.chosen what a person opened themselves, "" for nothing
 * @param {ReadonlySet<string>} before.known whatever stood there already
 * @param {boolean} before.isHeld the focus is in it: nothing changes under somebody's hands
 * @returns {{front: string, chosen: string}}
 */
export function arrange(notices, { front, chosen, known, isHeld }) {
  const rankOf = (/** @type {string} */ key) => notices.find((notice) => notice.key === key)?.rank
  const [first] = [...notices].sort((one, other) => one.rank - other.rank)
  if (!first) return { front: "", chosen: "" }
  if (isHeld && rankOf(front) !== undefined) return { front, chosen }
  const own = rankOf(chosen)
  const isPassed = notices.some(
    ({ key, rank }) => !known.has(key) && own !== undefined && rank < own,
  )
  if (own !== undefined && !isPassed) return { front: chosen, chosen }
  return { front: first.key, chosen: "" }
}

/** How soon each kind has to be seen. */
export const RANK = { door: 0, asked: 1, urgent: 2, knock: 3, phone: 4, alert: 5, later: 6 }

/** What the young person has just told: their answer, or whom they want with them. */
export const ASKED = new Set(["answered", "adult"])

/** Alerts after which the very next sentence is another one. */
export const URGENT = new Set(["away", "change-subject", "calm", "two-left"])

/** They are not there: somebody rings. A knock goes before, since it may be them. */
export const PHONE = new Set(["emergency", "line-broke", "left"])

/** Alerts that only remind: everything else goes before them. */
export const LATER = new Set(["camera-off", "ending", "writing"])
