import { decodePng } from './decode-png'

/** An image pdfkit takes in one step. Its own reader of transparent PNG files works in the background and ends the program on a broken one. */
export interface Logo {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

const MAX_SIDE = 4000
const DATA_URL = /^data:image\/(?:png|jpeg|jpg);base64,([A-Za-z0-9+/=\s]+)$/

/** The shop's logo from its data URL; null when there is none or it is not a picture that can be drawn: an invoice never fails for its logo. */
export function readLogo(url: string | null): Logo | null {
  const encoded = DATA_URL.exec(url ?? '')?.[1]
  if (encoded === undefined) return null
  return readPicture(Buffer.from(encoded, 'base64'))
}

/** null when it cannot be drawn on paper. */
export function readPicture(bytes: Buffer): Logo | null {
  const logo = bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(bytes) : decodePng(bytes)
  return logo && logo.width > 0 && logo.height > 0 && logo.width <= MAX_SIDE && logo.height <= MAX_SIDE ? logo : null
}

/** Frame headers of the compressions a PDF may hold: all but lossless and arithmetic ones (ISO 10918-1, table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
const COMPONENTS = new Set([1, 3, 4])

function readJpeg(bytes: Buffer): Logo | null {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (FRAMES.has(marker)) {
      if (bytes[at + 4] !== 8 || !COMPONENTS.has(bytes[at + 9] ?? 0)) return null
      return { bytes, height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
