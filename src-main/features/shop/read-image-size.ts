const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const IHDR = 'IHDR'

interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Pixels of a picture as its own header says; undefined when the bytes are not what the type claims. */
export function readImageSize(mimeType: 'image/png' | 'image/jpeg', bytes: Buffer): ImageSize | undefined {
  return mimeType === 'image/png' ? pngSize(bytes) : jpegSize(bytes)
}

/** PNG specification, 5.2 and 11.2.2: signature, then the IHDR chunk with width and height. */
function pngSize(bytes: Buffer): ImageSize | undefined {
  const isPng = bytes.length >= 33 && bytes.subarray(0, 8).equals(PNG_SIGNATURE) && bytes.toString('latin1', 12, 16) === IHDR
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined
}

/** ITU T.81, annex B: segments from SOI on, the frame header (SOF0 to SOF15 without DHT, JPG and DAC) holds height and width. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += hasNoLength ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
