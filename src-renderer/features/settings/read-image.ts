/** As the program takes it: a picture as base64, or the sentence that says why not. */
export type ImageFile = { image: { mimeType: 'image/png' | 'image/jpeg'; base64: string } } | { problem: string }

const MOST_BYTES = 300 * 1024
const CHUNK = 0x8000

export async function readImage(file: File): Promise<ImageFile> {
  const { type: mimeType } = file
  if (mimeType !== 'image/png' && mimeType !== 'image/jpeg') return { problem: 'Choose a PNG or JPEG picture.' }
  if (file.size > MOST_BYTES) return { problem: 'The picture is larger than 300 KB. Make it smaller first.' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return { image: { mimeType, base64: btoa(binary) } }
}
