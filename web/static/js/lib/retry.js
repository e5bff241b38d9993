// @ts-check

const STEPS = [0, 300, 1200, 2700, 4800]

/**
 * How long to wait before the next try, in milliseconds: at once, then slower, then steadily
 * with some jitter, so that a hundred phones do not come back in one beat.
 *
 * @param {number} tries how many have failed so far
 * @param {() => number} random between 0 and 1
 */
export function pause(tries, random) {
  return STEPS[tries] ?? 7000 + Math.round(random() * 1000)
}
