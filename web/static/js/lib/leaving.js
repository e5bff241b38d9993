// @ts-check

/**
 * Go, from any page of a guest's (P8, L18). The page is blank in this very tick, and what is taken
 * off it closes what it opened: tracks, media, the line. Only then the server is told, without
 * waiting for it. This browser finds no way back in but the link: the server ends the session, and
 * where it cannot be told, the cookie `closed` says so for it (server/http/guards.py).
 *
 * @param {string} address where the server is told
 * @param {string} to the blank-faced page that takes this one's place
 */
export function leave(address, to) {
  document.body.replaceChildren()
  // Before anything that could be stopped with Escape: what is reloaded or kept is the blank page.
  history.replaceState(null, "", to)
  tell(address)
  document.cookie = MARK
  if (navigator.onLine) location.replace(to)
  else addEventListener("online", () => tellLate(address, to), { once: true })
}

// Internal

const SECURE = location.protocol === "https:" ? "; secure" : ""
const MARK = `closed=1; path=/; max-age=43200; samesite=strict${SECURE}`

/** @param {string} address */
function tell(address) {
  const said = new URLSearchParams()
  if (navigator.sendBeacon(address, said)) return
  fetch(address, { method: "POST", body: said, keepalive: true }).catch(() => {})
}

/**
 * The network is back and this tab is still here. Unless the link was opened anew meanwhile, which
 * takes the mark away, the server hears now what it could not hear then.
 *
 * @param {string} address
 * @param {string} to
 */
function tellLate(address, to) {
  if (document.cookie.includes("closed=1")) tell(address)
  location.replace(to)
}
