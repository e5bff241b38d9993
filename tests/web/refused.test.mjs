// What the rules do not allow is said in the room, also where the button was pressed in a strip.

import "../../web/static/js/elements/aside-deeds.js"
import "../../web/static/js/elements/call-room.js"
import "../../web/static/js/elements/door-panel.js"
import { equal, test } from "./harness/test.mjs"

/** A line whose server says no to everything but these deeds, in words. */
const saying = (text, yes = []) =>
  class extends EventTarget {
    constructor() {
      super()
      setTimeout(() => this.dispatchEvent(new Event("open")))
    }

    send(frame) {
      const { ref, type } = JSON.parse(frame)
      const answer = yes.includes(type) ? { type: "done", ref } : { type: "refused", ref, error: "no", text }
      setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(answer) })))
    }

    close() {}
  }

const soon = () => new Promise((done) => setTimeout(done, 30))

test("a no to what was pressed at the door or beside the room is said, and goes with the next press", async () => {
  const native = WebSocket
  window.WebSocket = saying("Amir er ikke på listen.", ["close_door"])
  const room = document.createElement("call-room")
  room.innerHTML = `<live-status><p data-fill="news"></p><p data-fill="trouble"></p></live-status>
    <door-panel><div data-key="4"><button data-deed="admit"></button><button data-deed="close_door"></button></div>
    </door-panel><aside-deeds><button data-deed="aside_open" data-seat="2"></button></aside-deeds>`
  document.body.append(room)
  await soon()
  const [admit, close, aside] = room.querySelectorAll("button")
  const said = room.querySelector('[data-fill="trouble"]')
  for (const button of [admit, aside]) {
    button.click()
    await soon()
    equal(said.textContent, "Amir er ikke på listen.")
    close.click()
    await soon()
    equal(said.textContent, "")
  }
  room.remove()
  window.WebSocket = native
})
