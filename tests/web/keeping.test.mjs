// Let in: asking for the new cookie until it is in use, and no longer than that.

import { keep } from "../../web/static/js/call/keeping.js"
import { equal, test } from "./harness/test.mjs"

const soon = () => Promise.resolve()

/** Answer with these statuses in turn (0: no answer at all); say how often it was asked. */
async function asked(...statuses) {
  const real = globalThis.fetch
  let times = 0
  globalThis.fetch = async () => {
    const status = statuses[times] ?? 202
    times += 1
    if (status === 0) throw new TypeError("no network")
    return new Response(null, { status })
  }
  try {
    await keep("/calling/keep", soon)
  } finally {
    globalThis.fetch = real
  }
  return times
}

test("a new cookie is sent back at once, so that the old one is dead", async () => {
  equal(await asked(202, 204), 2)
})

test("a lost answer is asked for again", async () => {
  equal(await asked(0, 503, 202, 0, 204), 5)
})

test("no is no, and nobody asks for ever", async () => {
  equal(await asked(404), 1)
  equal(await asked(), 6)
})
