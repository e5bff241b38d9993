// @ts-check

/**
 * Whether one's picture is blurred and noise is taken away outlives a reload of this very page:
 * whoever comes back is never seen sharper than before (P8). It stands in this entry of the tab's
 * history and nowhere else: no storage, no server, gone with Gå nu.
 *
 * @typedef {{isVeiled: boolean, isQuiet: boolean, veil: (on: boolean) => Promise<void>, quieten: (on: boolean) => Promise<void>}} Looks
 */

/** @param {Pick<Looks, "isVeiled" | "isQuiet">} looks */
export function keep({ isVeiled, isQuiet }) {
  history.replaceState({ ...history.state, looks: { isVeiled, isQuiet } }, "")
}

/** Make it so again, before anything is opened. @param {Looks} devices */
export async function bring(devices) {
  const { isVeiled = false, isQuiet = true } = history.state?.looks ?? {}
  if (isVeiled) await devices.veil(true)
  if (!isQuiet) await devices.quieten(false)
}
