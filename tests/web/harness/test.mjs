// The few words our browser-side tests speak: `test`, and how to claim something.
// tests/test_javascript.py opens each *.test.mjs in Chromium and calls `run`.

const tests = []

export function test(sentence, body) {
  tests.push({ sentence, body })
}

// Runs what the opened file named, one after the other; returns [{ sentence, wrong }].
export async function run() {
  const results = []
  for (const { sentence, body } of tests) {
    results.push({ sentence, wrong: await whatIsWrong(body) })
  }
  return results
}

export function ok(value, reason = "expected something true") {
  if (!value) throw new Error(`${reason}: ${shown(value)}`)
}

export function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(difference(actual, expected))
}

export function deepEqual(actual, expected) {
  if (!isAlike(actual, expected)) throw new Error(difference(actual, expected))
}

export function throws(body, pattern = /(?:)/) {
  let thrown
  try {
    body()
  } catch (error) {
    thrown = error
  }
  checkThrown(thrown, pattern)
}

export async function rejects(promise, pattern = /(?:)/) {
  checkThrown(await promise.then(() => undefined, (error) => error), pattern)
}

// Internal

async function whatIsWrong(body) {
  try {
    await body()
    return null
  } catch (error) {
    return String(error.stack ?? error)
  }
}

function checkThrown(thrown, pattern) {
  if (thrown === undefined) throw new Error("expected an error, and nothing was thrown")
  if (!pattern.test(String(thrown.message))) throw thrown
}

function isAlike(one, other) {
  if (Object.is(one, other)) return true
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false
  if (one instanceof Map || one instanceof Set) return isAlike([...one], [...other])
  if (one instanceof Date) return Object.is(one.getTime(), other.getTime())
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isAlike(one[key], other[key]))
  )
}

const difference = (actual, expected) => `got ${shown(actual)}, expected ${shown(expected)}`

function shown(value) {
  if (value instanceof Map || value instanceof Set) return shown([...value])
  return JSON.stringify(value, (_, part) => (part === undefined ? "undefined" : part)) ?? String(value)
}
