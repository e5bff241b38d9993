// @ts-check

/**
 * What the browser counts about one's own line, between two looks.
 */
export class LineFigures {
  #lost = 0
  #came = 0
  #astray = 0
  #sent = 0

  /**
   * @param {RTCStatsReport | null} report
   * @param {boolean} sendsPicture without one nobody fills the line, and its room is not known
   * @returns {{lost: number, delay: number, room: number}}
   */
  read(report, sendsPicture) {
    let lost = 0
    let came = 0
    let astray = 0
    let sent = 0
    let delay = 0
    let room = Infinity
    for (const entry of report?.values() ?? []) {
      if (entry.type === "inbound-rtp" && entry.kind === "audio") {
        lost += Math.max(0, entry.packetsLost ?? 0)
        came += entry.packetsReceived ?? 0
      } else if (entry.type === "remote-inbound-rtp" && entry.kind === "audio") {
        // The share it tells is that of whoever hears worst; only what is lost in all is of this line.
        astray += Math.max(0, entry.packetsLost ?? 0)
        delay = Math.max(delay, entry.roundTripTime ?? 0)
      } else if (entry.type === "outbound-rtp" && entry.kind === "audio") {
        sent += entry.packetsSent ?? 0
      } else if (entry.type === "candidate-pair" && entry.nominated) {
        delay = Math.max(delay, entry.currentRoundTripTime ?? 0)
        if (sendsPicture) room = entry.availableOutgoingBitrate ?? room
      }
    }
    const [more, all] = [lost - this.#lost, lost + came - this.#lost - this.#came]
    const up = share(astray - this.#astray, sent - this.#sent)
    this.#lost = lost
    this.#came = came
    this.#astray = astray
    this.#sent = sent
    return { lost: Math.max(share(more, all), up), delay, room }
  }
}

const FEW = 25 // packets: half a second of speech

/**
 * A new connection counts from the start again; a handful of packets says nothing.
 *
 * @param {number} lost
 * @param {number} all
 */
function share(lost, all) {
  return lost > 0 && all >= FEW ? Math.min(1, lost / all) : 0
}
