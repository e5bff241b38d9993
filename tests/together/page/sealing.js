// @ts-check

/**
 * End-to-end encryption of encoded frames, as a page could do it: AES-GCM over all but the bytes
 * that a server and a depacketizer have to read. Of a sound that is Opus's first byte; of a VP8
 * picture its header, 10 bytes of a key frame and 3 of any other (RFC 7741).
 *
 * A sealed frame is: the clear bytes, what is encrypted with its tag, and the nonce.
 */

const CLEAR = { key: 10, delta: 3, sound: 1 }
const NONCE = 12

self.onrtctransform = async ({ transformer }) => {
  const { key, seals } = transformer.options
  const secret = await crypto.subtle.importKey("raw", new Uint8Array(key), "AES-GCM", false, [
    seals ? "encrypt" : "decrypt",
  ])
  const work = seals ? seal : open
  const through = new TransformStream({
    async transform(frame, out) {
      // Chromium's first sounds are empty: both ends leave them as they are.
      if (frame.data.byteLength > 0) frame.data = await work(frame, secret).catch(() => null)
      if (frame.data) out.enqueue(frame)
    },
  })
  await transformer.readable.pipeThrough(through).pipeTo(transformer.writable)
}

/** How many bytes of a frame stay as they are. */
function clear(frame) {
  return CLEAR[frame.type ?? "sound"] ?? CLEAR.sound
}

async function seal(frame, secret) {
  const data = new Uint8Array(frame.data)
  const head = data.subarray(0, clear(frame))
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const how = { name: "AES-GCM", iv, additionalData: head }
  const closed = new Uint8Array(await crypto.subtle.encrypt(how, secret, data.subarray(head.length)))
  const sealed = new Uint8Array(head.length + closed.length + NONCE)
  sealed.set(head)
  sealed.set(closed, head.length)
  sealed.set(iv, head.length + closed.length)
  return sealed.buffer
}

async function open(frame, secret) {
  const data = new Uint8Array(frame.data)
  const head = data.subarray(0, clear(frame))
  const iv = data.subarray(data.length - NONCE)
  const closed = data.subarray(head.length, data.length - NONCE)
  const how = { name: "AES-GCM", iv, additionalData: head }
  const opened = new Uint8Array(await crypto.subtle.decrypt(how, secret, closed))
  const plain = new Uint8Array(head.length + opened.length)
  plain.set(head)
  plain.set(opened, head.length)
  return plain.buffer
}
