// What was chosen in the sound check goes along: into the call, and over a reload of the page; nothing
// of it is kept anywhere else (P8).

import { Devices } from "../../web/static/js/call/devices.js"
import { bring, keep } from "../../web/static/js/lib/kept-looks.js"
import { deepEqual, equal, test } from "./harness/test.mjs"

test("whoever comes back is blurred as before, and never sharper", async () => {
  const before = new Devices()
  await before.veil(true)
  await before.quieten(false)
  keep(before)
  const reloaded = new Devices()
  await bring(reloaded)
  deepEqual([reloaded.isVeiled, reloaded.isQuiet], [true, false])
  equal(localStorage.length + sessionStorage.length, 0)
  history.replaceState(null, "")
})

test("a page that was opened anew begins with a picture as it is, and without noise", async () => {
  const opened = new Devices()
  await bring(opened)
  deepEqual([opened.isVeiled, opened.isQuiet], [false, true])
})

test("what else stands in this entry of the history is left as it is", () => {
  history.replaceState({ other: 1 }, "")
  keep(new Devices())
  equal(history.state.other, 1)
  history.replaceState(null, "")
})
