// Who is early and leaves the page standing sees the door open.

import { LookAgain } from "../../web/static/js/elements/look-again.js"
import { equal, test } from "./harness/test.mjs"

const realTimeout = globalThis.setTimeout
const realClear = globalThis.clearTimeout

test("it looks a moment after the hour, once, and not when it has gone", () => {
  const waits = new Map()
  globalThis.setTimeout = (deed, ms) => (waits.set(7, { deed, ms }), 7)
  globalThis.clearTimeout = (id) => waits.delete(id)
  const part = document.createElement("look-again")
  part.setAttribute("data-in", "540")
  document.body.append(part)
  equal(waits.get(7).ms, 541_000)
  equal(waits.get(7).deed, part.look)
  part.remove()
  equal(waits.size, 0)
  globalThis.setTimeout = realTimeout
  globalThis.clearTimeout = realClear
  equal(part instanceof LookAgain, true)
})
