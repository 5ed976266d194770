import { randomFillSync } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

interface Recipe {
  width: number
  height: number
  bits?: number
  colorType: number
  interlaced?: boolean
  /** rows as stored, each with its filter */
  rows: number[][]
  extra?: readonly (readonly [name: string, data: readonly number[]])[]
}

/** Builds a PNG by hand, after the specification and not after the reader. */
export function buildPng({ width, height, bits = 8, colorType, interlaced = false, rows, extra = [] }: Recipe): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([bits, colorType, 0, 0, interlaced ? 1 : 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...extra.map(([name, data]) => chunk(name, Buffer.from(data))),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A picture that nothing can make smaller, another one each time; one byte a pixel. */
export function buildNoise(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, () => [0, ...randomFillSync(new Uint8Array(width))])
  return buildPng({ width, height, colorType: 0, rows })
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
