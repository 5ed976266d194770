import { constants, crc32, deflateSync, inflateSync } from 'node:zlib'

interface Picture {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

interface Header {
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly colorType: number
  readonly interlaced: boolean
}

interface Chunks {
  readonly header: Header
  readonly palette: Buffer
  readonly transparency: Buffer | null
  readonly data: Buffer
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const MAX_PIXELS = 4_000_000
const WHOLE = [[0, 0, 1, 1]] as const
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** A PNG as one that is opaque and not interlaced, on white where it was transparent; null when it is broken or larger than 4 megapixels. */
export function decodePng(bytes: Buffer): Picture | null {
  try {
    const chunks = readChunks(bytes)
    if (!chunks) return null
    const { header, transparency } = chunks
    const samples = inflateSync(chunks.data, { maxOutputLength: header.width * header.height * 8 + header.height * 16 + 1024 })
    const rgb = paintOnWhite(chunks, samples)
    const opaque = transparency === null && !header.interlaced && header.colorType < 4
    return { bytes: opaque ? bytes : encode(rgb, header), width: header.width, height: header.height }
  } catch {
    // Whatever is wrong inside, it is not a picture that can be printed.
    return null
  }
}

function readChunks(bytes: Buffer): Chunks | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return null
  const found = new Map<string, Buffer[]>()
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (end + 4 > bytes.length || bytes.readUInt32BE(end) !== crc32(bytes.subarray(at + 4, end))) return null
    found.set(name, [...(found.get(name) ?? []), bytes.subarray(at + 8, end)])
    at = end + 4
  }
  const head = found.get('IHDR')?.[0]
  const data = found.get('IDAT')
  if (!head || !data || !found.has('IEND')) return null
  const header = {
    width: head.readUInt32BE(0),
    height: head.readUInt32BE(4),
    bits: head.readUInt8(8),
    colorType: head.readUInt8(9),
    interlaced: head.readUInt8(12) === 1,
  }
  if (CHANNELS[header.colorType] === undefined || header.width * header.height > MAX_PIXELS) return null
  return {
    header,
    palette: found.get('PLTE')?.[0] ?? Buffer.alloc(0),
    transparency: found.get('tRNS')?.[0] ?? null,
    data: Buffer.concat(data),
  }
}

function paintOnWhite(chunks: Chunks, samples: Buffer): Buffer {
  const { width, height, bits, colorType, interlaced } = chunks.header
  const channels = CHANNELS[colorType] ?? 1
  const rgb = Buffer.alloc(width * height * 3)
  let from = 0
  for (const [left, top, stepX, stepY] of interlaced ? ADAM7 : WHOLE) {
    const columns = Math.ceil((width - left) / stepX)
    const rows = Math.ceil((height - top) / stepY)
    if (columns <= 0 || rows <= 0) continue
    const rowBytes = Math.ceil((columns * channels * bits) / 8)
    let above: Buffer = Buffer.alloc(rowBytes)
    for (let row = 0; row < rows; row += 1) {
      const line = samples.subarray(from + 1, from + 1 + rowBytes)
      if (line.length < rowBytes) throw new RangeError('the picture ends early')
      unfilter(samples.readUInt8(from), line, above, Math.max(1, (channels * bits) >> 3))
      for (let column = 0; column < columns; column += 1) {
        const at = ((top + row * stepY) * width + left + column * stepX) * 3
        rgb.set(colorAt(chunks, line, column * channels), at)
      }
      above = line
      from += 1 + rowBytes
    }
  }
  return rgb
}

/** Undoes a row's filter in place (PNG specification, 9.2). */
function unfilter(filter: number, line: Buffer, above: Buffer, distance: number): void {
  if (filter > 4) throw new RangeError(`unknown filter ${filter}`)
  for (let index = 0; index < line.length; index += 1) {
    const left = index < distance ? 0 : (line[index - distance] ?? 0)
    const up = above[index] ?? 0
    const corner = index < distance ? 0 : (above[index - distance] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter] ?? 0
    line[index] = ((line[index] ?? 0) + guess) & 0xff
  }
}

function paeth(left: number, up: number, corner: number): number {
  const near = left + up - corner
  const [a, b, c] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** Red, green, blue of the pixel whose first sample is the given one, laid on white. */
function colorAt({ header, palette, transparency }: Chunks, line: Buffer, first: number): [number, number, number] {
  const { bits, colorType } = header
  const raw = (offset: number): number => sampleAt(line, first + offset, bits)
  const level = (offset: number): number => Math.round((raw(offset) * 255) / (2 ** bits - 1))
  const keyed = (count: number): number =>
    transparency &&
    transparency.length >= count * 2 &&
    Array.from({ length: count }, (_, i) => raw(i) === transparency.readUInt16BE(i * 2)).every(Boolean)
      ? 0
      : 255
  if (colorType === 3) {
    const index = raw(0)
    return blend(
      [palette.readUInt8(index * 3), palette.readUInt8(index * 3 + 1), palette.readUInt8(index * 3 + 2)],
      transparency?.[index] ?? 255,
    )
  }
  if (colorType === 0) return blend([level(0), level(0), level(0)], keyed(1))
  if (colorType === 4) return blend([level(0), level(0), level(0)], level(1))
  return blend([level(0), level(1), level(2)], colorType === 6 ? level(3) : keyed(3))
}

function sampleAt(line: Buffer, index: number, bits: number): number {
  if (bits === 8) return line.readUInt8(index)
  if (bits === 16) return line.readUInt16BE(index * 2)
  const bit = index * bits
  return (line.readUInt8(bit >> 3) >> (8 - bits - (bit & 7))) & (2 ** bits - 1)
}

function blend(color: readonly [number, number, number], alpha: number): [number, number, number] {
  const over = (value: number): number => Math.round((value * alpha + 255 * (255 - alpha)) / 255)
  return [over(color[0]), over(color[1]), over(color[2])]
}

/** Each row as its difference to the one above: large even areas become zeros. */
function encode(rgb: Buffer, { width, height }: Header): Uint8Array {
  const rowBytes = width * 3
  const rows = Buffer.alloc((rowBytes + 1) * height)
  for (let row = 0; row < height; row += 1) {
    rows[row * (rowBytes + 1)] = 2
    for (let index = 0; index < rowBytes; index += 1) {
      const up = row === 0 ? 0 : (rgb[(row - 1) * rowBytes + index] ?? 0)
      rows[row * (rowBytes + 1) + 1 + index] = ((rgb[row * rowBytes + index] ?? 0) - up) & 0xff
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  // Run lengths only: the searching strategies of zlib find different matches on different processors, and the file must come out the same.
  const data = deflateSync(rows, { level: 9, strategy: constants.Z_RLE })
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
