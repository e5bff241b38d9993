// @ts-check

/**
 * Something a person pressed that the server has to hear. Parts of the page send it upwards;
 * <call-room> catches it, sends the message and leaves the `answer`, so a part can keep what
 * was typed until it is kept (P10).
 */
export class Deed extends CustomEvent {
  /** @type {Promise<unknown>} */
  answer = Promise.reject(new Error("nobody took this deed"))

  /**
   * @param {string} type the message's type in docs/protocol.md
   * @param {Record<string, unknown>} [fields]
   */
  constructor(type, fields = {}) {
    super("deed", { bubbles: true, detail: { type, ...fields } })
    this.answer.catch(() => {})
  }
}

/**
 * @param {Element} from
 * @param {string} type
 * @param {Record<string, unknown>} [fields]
 * @returns {Promise<unknown>}
 */
export function send(from, type, fields) {
  const deed = new Deed(type, fields)
  from.dispatchEvent(deed)
  return deed.answer
}

/**
 * Send it for a button that has no place of its own for a no: the room says why not, as it does
 * for its own buttons, and until the next press.
 *
 * @param {Element} from
 * @param {string} type
 * @param {Record<string, unknown>} [fields]
 */
export async function press(from, type, fields) {
  const tell = (/** @type {string} */ words) =>
    from.dispatchEvent(new CustomEvent("refused", { bubbles: true, detail: words }))
  tell("")
  try {
    await send(from, type, fields)
  } catch (error) {
    if (error instanceof Error && "text" in error) tell(String(error.text))
  }
}
