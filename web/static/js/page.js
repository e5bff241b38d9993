// @ts-check

// What every page with a script has: leaving, reading aloud, copying, sending without leaving.

import "./elements/copy-link.js"
import "./elements/leave-now.js"
import "./elements/read-aloud.js"
import "./elements/send-quietly.js"
import { veil } from "./lib/veil.js"

if (document.body.classList.contains("guest")) veil(document, window)

// A page kept for the back button shows how things were, and to whom (L18, L20).
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload()
})
