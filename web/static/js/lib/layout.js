// @ts-check

/**
 * How the faces of a call are laid out: one large and the others small, or all alike. It chooses by
 * itself, and a person's own wish comes first; a screen that is shown is always large.
 *
 * @typedef {"" | "speaker" | "grid"} Wish "" leaves it to the page
 *
 * @param {object} given
 * @param {readonly string[]} given.seats everybody else, in their order
 * @param {readonly string[]} given.screens whose screen is shown
 * @param {string} given.speaker who speaks, or did last
 * @param {string} given.before who was large
 * @param {Wish} given.wish
 * @returns {{layout: "speaker" | "grid", large: string}} `large` is a seat, or `screen:` and one
 */
export function arrange({ seats, screens, speaker, before, wish }) {
  const [screen] = screens
  if (screen) return { layout: "speaker", large: `screen:${screen}` }
  const isSmall = seats.length <= MOST_SMALL
  const layout = seats.length < 2 || (wish || (isSmall ? "speaker" : "grid")) === "speaker" ? "speaker" : "grid"
  if (layout === "grid") return { layout, large: "" }
  const large = [speaker, before].find((seat) => seats.includes(seat)) ?? seats[0] ?? ""
  return { layout, large }
}

/** With more faces than these beside a large one they would be stamps: then all are alike. */
const MOST_SMALL = 3
