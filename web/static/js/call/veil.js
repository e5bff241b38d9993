// @ts-check

const COARSE = 20 // squares across: enough to see that somebody moves and nods, not where they sit
const WIDTH = 480
const BEAT = 66 // ms between two pictures

/** This browser cannot make a picture of its own; lib/failures.js knows it by its name. */
export class VeilError extends Error {
  name = "VeilError"
}

/**
 * A whole picture blurred, on this device and before it leaves it. The camera is drawn so small
 * that nothing of the room is left in it, and then large again: what was dropped cannot be worked
 * out at the other end. No model, no guess at what is background.
 *
 * Fetched only when somebody wants it.
 *
 * @param {MediaStreamTrack} camera
 * @returns {Promise<MediaStreamTrack>} stops by itself when the camera does
 */
export async function veil(camera) {
  const video = document.createElement("video")
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([camera])
  const small = document.createElement("canvas")
  const large = document.createElement("canvas")
  const [coarse, fine] = [small.getContext("2d", { alpha: false }), large.getContext("2d", { alpha: false })]
  if (!coarse || !fine || !large.captureStream) throw new VeilError()
  await video.play()
  const ratio = (video.videoHeight || 3) / (video.videoWidth || 4)
  small.width = COARSE
  small.height = Math.max(2, Math.round(COARSE * ratio))
  large.width = WIDTH
  large.height = 2 * Math.round((WIDTH * ratio) / 2)
  fine.imageSmoothingQuality = "high"
  const draw = () => {
    coarse.drawImage(video, 0, 0, small.width, small.height)
    fine.drawImage(small, 0, 0, large.width, large.height)
  }
  draw()
  const [veiled] = large.captureStream().getVideoTracks()
  if (!veiled) throw new VeilError()
  const timer = setInterval(() => {
    if (camera.readyState === "live" && veiled.readyState === "live") return draw()
    clearInterval(timer)
    veiled.stop()
    video.srcObject = null
  }, BEAT)
  veiled.contentHint = "motion"
  return veiled
}
