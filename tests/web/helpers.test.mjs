// The pure helpers behind the call page.

import { failure } from "../../web/static/js/lib/failures.js"
import { Speaking, bars, rms } from "../../web/static/js/lib/loudness.js"
import { pause } from "../../web/static/js/lib/retry.js"
import { Silence } from "../../web/static/js/lib/silence.js"
import { put } from "../../web/static/js/lib/text.js"
import { localVoice } from "../../web/static/js/lib/voices.js"
import { deepEqual, equal, ok, test } from "./harness/test.mjs"

test("the first try comes at once, later ones steadily and never in one beat", () => {
  deepEqual([0, 1, 2, 3, 4].map((tries) => pause(tries, () => 0)), [0, 300, 1200, 2700, 4800])
  equal(pause(5, () => 0), 7000)
  equal(pause(50, () => 1), 8000)
})

test("a dead line is noticed after a second", () => {
  const silence = new Silence()
  ok(!silence.notice(0, 500, true))
  ok(!silence.notice(999, 500, true))
  ok(silence.notice(1000, 500, true))
})

test("a line on which nothing should come is left in peace", () => {
  const silence = new Silence()
  silence.notice(0, 500, false)
  ok(!silence.notice(60_000, 500, false))
  ok(!silence.notice(60_400, 500, true), "the clock starts when something should come")
  ok(silence.notice(61_700, 500, true))
})

test("a line that stays dead is tried less and less often, and at once again after it lived", () => {
  const silence = new Silence()
  const joined = []
  let now = 0
  for (; now <= 60_000; now += 400) if (silence.notice(now, 7, true)) joined.push(now)
  const gaps = joined.slice(1).map((at, index) => at - joined[index])
  ok(gaps.every((gap, index) => index === 0 || gap >= gaps[index - 1]), `gaps ${gaps}`)
  ok(joined.length < 9, `joined ${joined.length} times`)
  ok(!silence.notice(now, 8, true))
  ok(silence.notice(now + 1200, 8, true))
})

test("a whisper lights few bars, a voice many, and nothing none", () => {
  equal(bars(0), 0)
  equal(bars(1), 10)
  ok(bars(0.003) < bars(0.03))
  ok(bars(0.03) < bars(0.2))
})

test("loudness is measured around zero", () => {
  equal(rms(new Float32Array()), 0)
  equal(rms(new Float32Array([0.5, -0.5, 0.5, -0.5])), 0.5)
})

test("the rim stays lit between two words and goes out after the last", () => {
  const speaking = new Speaking()
  ok(!speaking.hears(0, 0.001))
  ok(speaking.hears(100, 0.2))
  ok(speaking.hears(900, 0))
  ok(!speaking.hears(1100, 0))
})

test("each way a device fails has its reason", () => {
  const named = (name) => failure(new DOMException("", name))
  equal(named("NotAllowedError"), "denied")
  equal(named("NotFoundError"), "missing")
  equal(named("NotReadableError"), "busy")
  equal(failure(new TypeError("no mediaDevices")), "unsupported")
  equal(named("DataError"), "other")
  equal(failure("surprise"), "other")
})

test("only a voice of this device reads aloud", () => {
  const voices = [
    { lang: "da-DK", localService: false, default: true },
    { lang: "en-GB", localService: true },
    { lang: "da_DK", localService: true, name: "Sara" },
  ]
  equal(localVoice(voices, "da")?.name, "Sara")
  equal(localVoice(voices.slice(0, 2), "da"), null)
  equal(localVoice([], "da"), null)
})

test("a sentence takes its values and keeps what it does not know", () => {
  equal(put("Luk {hvem} ind", { hvem: "Aya" }), "Luk Aya ind")
  equal(put("{hvem} og {navn}", { hvem: "{navn}" }), "{navn} og {navn}")
})
