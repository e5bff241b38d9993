// @ts-check

/**
 * Pick a voice that speaks on this device alone. A voice that is not local sends the words to
 * somebody else's server, and is never used (P7).
 *
 * @param {readonly {lang: string, localService: boolean, default?: boolean}[]} voices
 * @param {string} language such as "da"
 */
export function localVoice(voices, language) {
  const fitting = voices.filter(
    (voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language,
  )
  return fitting.find((voice) => voice.default) ?? fitting[0] ?? null
}
