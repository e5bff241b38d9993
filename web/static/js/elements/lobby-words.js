// @ts-check

import { fill } from "../lib/dom.js"

/**
 * <lobby-words> says truly, while somebody waits, what is on and that nobody sees or hears it yet.
 *
 *   <lobby-words data-shows data-camera-on="…" data-camera-off="…" data-nobody="…" …>
 */
export class LobbyWords extends HTMLElement {
  show(/** @type {import("../call/session.js").Session} */ { state }) {
    if (!state) return
    const { camera, camera_locked, microphone, write_only } = state.you
    const { cameraOn, cameraOff, cameraLocked, microphoneOn, microphoneOff, nobody } = this.dataset
    const picture = camera ? cameraOn : camera_locked ? cameraLocked : cameraOff
    const sound = microphone ? microphoneOn : microphoneOff
    const told = write_only ? [nobody] : [picture, sound, nobody]
    fill(this, "lobby-words", told.filter(Boolean).join(" "))
  }
}

customElements.define("lobby-words", LobbyWords)
