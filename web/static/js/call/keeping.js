// @ts-check

import { pause } from "../lib/retry.js"

const MOST_TRIES = 6

/**
 * Somebody was let in on this device: have it remembered, and its cookie changed. 202 says that a
 * new cookie came along; only when it goes back is the old one dead. Where an answer is lost, the
 * old one holds, and we ask again.
 *
 * @param {string} address
 * @param {(ms: number) => Promise<void>} [wait]
 */
export async function keep(address, wait = (ms) => new Promise((done) => setTimeout(done, ms))) {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await wait(pause(tries, Math.random))
    const answer = await fetch(address, { method: "POST" }).catch(() => null)
    if (answer && answer.status !== 202 && answer.status < 500) return
  }
}
