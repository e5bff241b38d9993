// The claims themselves: a claim that cannot fail proves nothing.

import { deepEqual, equal, ok, rejects, test, throws } from "./harness/test.mjs"

test("a wrong claim is noticed", async () => {
  throws(() => ok(0))
  throws(() => equal(1, 2), /got 1, expected 2/)
  throws(() => equal({}, {}))
  throws(() => deepEqual({ seat: 1 }, { seat: 1, name: undefined }))
  throws(() => deepEqual([1, 2], [2, 1]))
  throws(() => deepEqual(new Map([["a", 1]]), new Map([["a", 2]])))
  throws(() => throws(() => {}))
  throws(() => throws(() => ok(0, "this"), /that/))
  await rejects(rejects(Promise.resolve()), /nothing was thrown/)
})

test("a right claim passes", async () => {
  ok("yes")
  equal(NaN, NaN)
  deepEqual({ seats: [{ id: 1 }], at: new Date(0) }, { at: new Date(0), seats: [{ id: 1 }] })
  deepEqual(new Set(["a"]), new Set(["a"]))
  await rejects(Promise.reject(new Error("gone")), /gone/)
})
