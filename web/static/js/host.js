// @ts-check

// What the caseworker's call page is made of.

import "./page.js"
import "./elements/alert-strips.js"
import "./elements/aside-deeds.js"
import "./elements/brief-panel.js"
import "./elements/call-controls.js"
import "./elements/call-faces.js"
import "./elements/call-looks.js"
import "./elements/call-panels.js"
import "./elements/call-roster.js"
import "./elements/chat-panel.js"
import "./elements/company-panel.js"
import "./elements/deed-presses.js"
import "./elements/device-choice.js"
import "./elements/door-panel.js"
import "./elements/live-status.js"
import "./elements/note-panel.js"
import "./elements/own-line.js"
import "./elements/sound-check.js"
import "./elements/talk-help.js"
// Last: it tells the others how things stand, so the others have to be there.
import "./elements/call-room.js"
import "./elements/phone-plan.js"
import "./elements/fallback-plan.js"
