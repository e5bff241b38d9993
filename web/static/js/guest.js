// @ts-check

// What a guest's call page is made of.

import "./page.js"
import "./elements/aside-deeds.js"
import "./elements/aside-prompts.js"
import "./elements/call-controls.js"
import "./elements/call-faces.js"
import "./elements/call-looks.js"
import "./elements/call-panels.js"
import "./elements/call-roster.js"
import "./elements/chat-panel.js"
import "./elements/choice-panel.js"
import "./elements/company-panel.js"
import "./elements/deed-presses.js"
import "./elements/device-choice.js"
import "./elements/just-us.js"
import "./elements/live-status.js"
import "./elements/lobby-words.js"
import "./elements/own-line.js"
import "./elements/sound-check.js"
import "./elements/our-list.js"
import "./elements/talk-cards.js"
import "./elements/way-panel.js"
// Last: it tells the others how things stand, so the others have to be there.
import "./elements/call-room.js"
import "./elements/fallback-plan.js"
