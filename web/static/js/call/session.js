// @ts-check

/**
 * The call as one value: what the server last said, and how the line is. Pure, so that a whole
 * call can be replayed in a test. The server decides everything; nothing is worked out here
 * but which screen fits (docs/protocol.md).
 *
 * @typedef {object} Person
 * @property {string} seat
 * @property {string} name
 * @property {string} role
 * @property {number | null} slot  null: here, but nothing of them is got just now
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {boolean} here
 * @property {boolean} writing
 * @property {boolean} looking_away
 * @property {string} company_label
 * @property {string} state_label
 * @property {string} weak_label
 * @property {string} still_label
 * @property {string} writing_label
 * @property {string} without_picture_label
 * @property {string} picture a drawing instead of the lamp, or ""
 * @property {string} muted_label
 * @property {string} line_label that their line is in trouble; the host's alone
 * @property {number | null} screen_slot where the screen they show comes in
 * @property {string} screen_label
 *
 * @typedef {object} You
 * @property {string} label
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {boolean} camera_locked
 * @property {boolean} write_only
 * @property {string} company
 * @property {boolean} paused
 * @property {boolean} changing_subject
 * @property {boolean} [writing]
 * @property {boolean} only_sound
 * @property {boolean} screen
 * @property {string} picture
 * @property {boolean} blur_required
 *
 * @typedef {{label: string, main: boolean, deed: {type: string}}} Press
 * @typedef {{id: string, title: string, text: string, say: string, presses: Press[]}} Alert
 *
 * @typedef {object} Shown the server's `state`
 * @property {number} version
 * @property {string} phase
 * @property {string} title
 * @property {string} text
 * @property {You} you
 * @property {Person[]} people
 * @property {{where: string, who: string, text?: string, fresh: boolean}[]} roster
 * @property {{title: string, text: string} | null} card
 * @property {any[]} knocks
 * @property {any} brief
 * @property {Alert[]} alerts
 * @property {{id: number, text: string} | null} ask
 * @property {{title: string, text: string, calls_back: string} | null} calm
 * @property {{who: string, label: string}[]} adults
 * @property {string} chat_pause
 * @property {string} opening
 * @property {any} help where the host's own switches stand
 * @property {{seat: string, title: string, text: string, ask: string}[]} newcomers
 * @property {{text: string, left: string} | null} clock
 * @property {Aside} [aside]
 *
 * @typedef {object} Aside what there is to press about talks beside the room, and to talk about
 * @property {{deed: string, label: string, seat: number | null}[]} deeds
 * @property {string[]} prompts
 * @property {{seat: number, lines: {line: number, about: string, text: string}[]} | null} list
 * @property {{title: string, text: string, yes: string, no: string} | null} ask
 *
 * @typedef {{id: number, seat: string, name: string, text: string, at: string, mine: boolean,
 *   young: boolean}} Said
 *
 * @typedef {object} Session
 * @property {"opening" | "open" | "lost" | "moved" | "gone"} line
 * @property {Shown | null} state
 * @property {Said[]} chat
 * @property {any[]} items
 * @property {{item: number, label: string}} reading the line of the note both look at; 0: none
 * @property {string} speaker the seat of who speaks, or did last
 * @property {import("../lib/line-level.js").Level} way how one's pictures come down
 * @property {boolean} again whether a guest who left is trying sound and picture once more
 */

/** @type {Session} */
export const START = {
  line: "opening", state: null, chat: [], items: [], reading: { item: 0, label: "" }, speaker: "", way: "fine", again: false,
}

/**
 * @param {Session} session
 * @param {any} message from the server, or `line` and `again` from this page
 * @returns {Session}
 */
export function step(session, message) {
  switch (message.type) {
    case "state":
      return told(session, message)
    case "chat":
      return { ...session, chat: withSaid(session.chat, message) }
    case "items":
      return { ...session, items: message.items ?? [] }
    case "reading":
      return { ...session, reading: { item: message.item, label: message.label } }
    case "speaks":
      return { ...session, speaker: message.seat }
    case "way":
      return { ...session, way: message.level }
    case "line":
      return lined(session, message.standing)
    case "again":
      return { ...session, again: true }
    default:
      return session
  }
}

/**
 * Which screen is the true one.
 *
 * @param {Session} session
 * @param {boolean} canCall whether this browser could be in a talk at all
 * @returns {string}
 */
export function phase(session, canCall = true) {
  if (session.line === "moved" || session.line === "gone") return session.line
  if (session.state === null) return "opening"
  if (!canCall && !isOver(session.state.phase)) return "cannot"
  if (session.again && MAY_COME_BACK.has(session.state.phase)) return "outside"
  return session.state.phase
}

/** Where one may go back to the check and knock anew. */
const MAY_COME_BACK = new Set(["left", "turned_away"])

const TALKS = new Set(["door", "call", "room", "together"])

/** Whether one is in a talk now, in whichever room: what is said and shown comes and goes. @param {string} now */
export const isTalk = (now) => TALKS.has(now)

/**
 * Whether anything should be coming in over the media line now. Somebody muted and without a
 * picture sends nothing, and neither does a line that is down at their end.
 *
 * @param {Session} session
 */
export function expectsMedia(session) {
  if (!isTalk(phase(session))) return false
  return (session.state?.people ?? []).some(
    (person) => person.here && (person.microphone || person.camera),
  )
}

/** Phases in which nobody is left to see or hear: camera and microphone go off. */
const OVER = new Set(["left", "ended", "turned_away", "smaller_circle", "moved", "gone"])

/** @param {string} now */
export const isOver = (now) => OVER.has(now)

// Internal

/**
 * @param {Session} session
 * @param {any} message
 */
function told(session, message) {
  const known = session.state
  if (session.line === "open" && known !== null && message.version <= known.version) return session
  const again = session.again && MAY_COME_BACK.has(message.phase)
  return { ...session, line: /** @type {const} */ ("open"), state: message, again }
}

/**
 * A new socket may reach a restarted server, which counts versions from the start again.
 *
 * @param {Session} session
 * @param {Session["line"]} standing
 */
function lined(session, standing) {
  const state = session.state && standing === "open" ? { ...session.state, version: -1 } : session.state
  // A new line is told anew which line of the note is shown, where there is one.
  const reading = standing === "open" ? START.reading : session.reading
  return { ...session, line: standing, state, reading }
}

/**
 * @param {Said[]} chat
 * @param {Said} said
 */
function withSaid(chat, said) {
  if (chat.some((known) => known.id === said.id)) return chat
  return [...chat, said].sort((one, other) => one.id - other.id)
}
