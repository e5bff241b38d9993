// @ts-check

import { fill } from "../lib/dom.js"

/**
 * <lobby-words> says truly, while somebody waits, what of theirs is on.
 *
 *   <lobby-words data-shows data-camera-on="…" data-camera-off="…" data-microphone-on="…" …>
 */
export class LobbyWords extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    if (!state) return
    const { camera, camera_locked, microphone, write_only } = state.you
    const { cameraOn, cameraOff, cameraLocked, microphoneOn, microphoneOff } = this.dataset
    const picture = camera ? cameraOn : camera_locked ? cameraLocked : cameraOff
    const sound = microphone ? microphoneOn : microphoneOff
    fill(this, "lobby-words", [picture, sound].filter(Boolean).join(" "))
    this.hidden = write_only
  }
}

customElements.define("lobby-words", LobbyWords)
