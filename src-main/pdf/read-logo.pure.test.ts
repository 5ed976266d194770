import { inflateSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { decodePng } from './decode-png'
import { readLogo } from './read-logo'
import { buildPng as png } from '../testing/build-png'
import { readPdf } from '../testing/read-pdf'
import { renderDocument } from './render-document'
import { sampleSnapshot } from './sample-snapshot'

// Whole documents are made and read back, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 })

/** The colours of a picture, by way of the opaque PNG it became: one without filters in its first row, differences to the row above below. */
function colorsOf(bytes: Buffer): number[] {
  const picture = decodePng(bytes)
  if (!picture) throw new Error('not decoded')
  const again = decodePng(Buffer.from(picture.bytes))
  expect(Buffer.from(again?.bytes ?? []).equals(Buffer.from(picture.bytes))).toBe(true)
  return [...rawRows(Buffer.from(picture.bytes), picture.width)]
}

function rawRows(bytes: Buffer, width: number): number[] {
  const at = bytes.indexOf('IDAT')
  const stored = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))
  const rowBytes = width * 3
  const colors: number[] = []
  for (let row = 0; row * (rowBytes + 1) < stored.length; row += 1) {
    for (let index = 0; index < rowBytes; index += 1) {
      const above = row === 0 ? 0 : (colors[(row - 1) * rowBytes + index] ?? 0)
      colors.push(((stored[row * (rowBytes + 1) + 1 + index] ?? 0) + above) & 255)
    }
  }
  return colors
}

const CLEAR_RED = png({ width: 2, height: 1, colorType: 6, rows: [[0, 255, 0, 0, 255, 255, 0, 0, 0]] })
const asUrl = (bytes: Uint8Array, type = 'png') => `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`

describe('a PNG', () => {
  test('with transparency is laid on white', () => {
    const rows = [
      [0, 255, 0, 0, 255, 255, 0, 0, 0],
      [0, 0, 0, 0, 128, 0, 0, 255, 51],
    ]
    expect(colorsOf(png({ width: 2, height: 2, colorType: 6, rows }))).toEqual([255, 0, 0, 255, 255, 255, 127, 127, 127, 204, 204, 255])
  })

  test('with every filter comes out right', () => {
    // Five rows of one grey-and-alpha pixel pair, each filtered another way, all meaning 10 20 (opaque).
    const rows = [
      [0, 10, 255, 20, 255],
      [1, 10, 255, 10, 0],
      [2, 0, 0, 0, 0],
      [3, 5, 128, 5, 0],
      [4, 0, 0, 0, 0],
    ]
    const row = [10, 10, 10, 20, 20, 20]
    expect(colorsOf(png({ width: 2, height: 5, colorType: 4, rows }))).toEqual([...row, ...row, ...row, ...row, ...row])
  })

  test('with a palette of one bit and a transparent colour', () => {
    const extra = [
      ['PLTE', [1, 2, 3, 200, 100, 50]],
      ['tRNS', [0]],
    ] as const
    expect(colorsOf(png({ width: 3, height: 1, bits: 1, colorType: 3, rows: [[0, 0b0100_0000]], extra }))).toEqual([
      255, 255, 255, 200, 100, 50, 255, 255, 255,
    ])
  })

  test('with 16 bits and a transparent grey', () => {
    const rows = [[0, 0xff, 0xff, 0x80, 0x80, 0, 7]]
    expect(colorsOf(png({ width: 3, height: 1, bits: 16, colorType: 0, rows, extra: [['tRNS', [0, 7]]] }))).toEqual([
      255, 255, 255, 128, 128, 128, 255, 255, 255,
    ])
  })

  test('that is interlaced is put together from its passes', () => {
    // 2 x 2: pass 1 has the first pixel, pass 6 the second, pass 7 the lower row.
    const rows = [
      [0, 1, 1, 1],
      [0, 2, 2, 2],
      [0, 3, 3, 3, 4, 4, 4],
    ]
    expect(colorsOf(png({ width: 2, height: 2, colorType: 2, interlaced: true, rows }))).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
  })

  test('that is opaque is used as it is', () => {
    const bytes = png({ width: 1, height: 1, colorType: 2, rows: [[0, 9, 8, 7]] })
    expect(decodePng(bytes)?.bytes).toBe(bytes)
  })

  test.each<[string, Buffer]>([
    ['cut off', CLEAR_RED.subarray(0, -20)],
    ['damaged', Buffer.concat([CLEAR_RED.subarray(0, 45), Buffer.from([1]), CLEAR_RED.subarray(46)])],
    ['with too few pixels', png({ width: 50, height: 50, colorType: 6, rows: [[0, 1, 2, 3, 4]] })],
    ['of a kind that does not exist', png({ width: 1, height: 1, colorType: 5, rows: [[0, 1]] })],
    ['larger than four megapixels', png({ width: 50_000, height: 50_000, colorType: 6, rows: [[0]] })],
    ['without pixels', png({ width: 0, height: 0, colorType: 2, rows: [[0]] })],
  ])('%s is no logo', (_what, bytes) => {
    expect(readLogo(asUrl(bytes))).toBeNull()
  })
})

describe('the logo on the paper', () => {
  const { shop } = sampleSnapshot()
  const imagesOf = async (logoUrl: string | null) => {
    const { pages, text } = await readPdf(
      await renderDocument(sampleSnapshot({ shop: { ...shop, logoUrl } }), { void: false, practice: false }),
    )
    expect(text).toContain(shop.name)
    return pages[0]?.images
  }

  test('is drawn, as a figure with a name', async () => {
    expect(await imagesOf(asUrl(CLEAR_RED))).toBe(1)
  })

  test.each([
    null,
    '',
    'not a picture',
    '/etc/hostname',
    'https://example.com/logo.png',
    'data:image/png;base64,',
    asUrl(Buffer.from('GIF89a'), 'png'),
  ])('%s gives an invoice without one', async (url) => {
    expect(await imagesOf(url)).toBe(0)
  })

  test('as JPEG is read by its frame, not by its name', () => {
    const frame = Buffer.from('ffd8ffe000044a46ffc00011080020004003012200021101031101ffd9', 'hex')
    expect(readLogo(asUrl(frame, 'jpeg'))).toMatchObject({ width: 64, height: 32 })
    // A lossless JPEG (SOF3) cannot stand in a PDF.
    expect(readLogo(asUrl(Buffer.from(frame.toString('hex').replace('ffc0', 'ffc3'), 'hex'), 'jpeg'))).toBeNull()
    expect(readLogo(asUrl(Buffer.from('ffd8ff', 'hex'), 'jpeg'))).toBeNull()
  })
})
