// @ts-check

// Swaps the token behind the # for a session and takes it out of the address (L2). It is read
// before anything else, changes nothing by itself, and leaves the link usable in another browser
// where this one cannot call (P11).

const token = location.hash.slice(1)
const swap = document.querySelector("[data-swap]")?.getAttribute("data-swap") ?? ""
const canCall = swap !== "/arriving/swap" || !!(navigator.mediaDevices && window.RTCPeerConnection)

/** @type {Record<number, string>} */
const REFUSED = { 400: "unknown", 403: "staff", 404: "unknown", 429: "wait" }

/** @param {string} when */
function show(when) {
  for (const part of document.querySelectorAll("[data-when]")) {
    part.toggleAttribute("hidden", part.getAttribute("data-when") !== when)
  }
}

async function open() {
  show("working")
  try {
    const body = new URLSearchParams({ token })
    const answer = await fetch(swap, { method: "POST", body, headers: { Accept: "application/json" } })
    if (!answer.ok) return show(REFUSED[answer.status] ?? "again")
    const { to } = await answer.json()
    history.replaceState(null, "", location.pathname)
    location.replace(to)
  } catch {
    // No network, or an answer that is not ours: nothing is wrong with the link.
    show("again")
    addEventListener("online", open, { once: true })
  }
}

// The other language comes back to this same link: what stands behind # follows a redirect (Fetch,
// HTTP-redirect fetch, step 6) and is never sent.
for (const form of document.forms) form.action += location.hash
for (const button of document.querySelectorAll("[data-open-anyway]")) button.addEventListener("click", open)

if (!token) show("unknown")
else if (canCall) open()
else show("cannot-call")
