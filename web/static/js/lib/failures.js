// @ts-check

/** @typedef {"denied" | "missing" | "busy" | "unsupported" | "veil" | "other"} Failure */

/** @type {Record<string, Failure>} */
const BY_NAME = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  PermissionDeniedError: "denied",
  NotFoundError: "missing",
  DevicesNotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
  TypeError: "unsupported",
  NotSupportedError: "unsupported",
  VeilError: "veil",
}

/**
 * Why a camera or microphone did not open, as one of the six reasons the page has help for.
 *
 * @param {unknown} error what getUserMedia threw
 * @returns {Failure}
 */
export function failure(error) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ""
  return BY_NAME[name] ?? "other"
}
