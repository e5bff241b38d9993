// @ts-check

// What the trial call is made of.

import "./page.js"
import "./elements/call-tile.js"
import "./elements/device-choice.js"
import "./elements/sound-check.js"
// Last: it tells the others how things stand, so the others have to be there.
import "./elements/trial-call.js"
