import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ElectronApplication } from 'playwright-core'
import { standIn, type ElectronHost } from './electron-app'

/** What the program asked the system's save dialog for. */
export interface AskedToSave {
  readonly fileName: string
  readonly title: string | undefined
  readonly filters: readonly { name: string; extensions: readonly string[] }[]
}

type MainGlobal = typeof globalThis & { asked: AskedToSave[]; printOptions: object[]; boxes: string[] }

/**
 * Answers the next save dialog with a file, or with "cancel". Nobody can answer the real dialog of real Electron: there the path is set in the
 * dialog's place, and cancelling is the download's own. Either way what the dialog would have shown is kept.
 */
export async function answerSaveDialog(app: ElectronApplication, host: ElectronHost, file: string | null): Promise<void> {
  const isStandIn = host === standIn
  await app.evaluate(
    ({ session, dialog }, { path, dialogIsStoodIn }) => {
      const main = globalThis as MainGlobal
      main.asked = []
      if (dialogIsStoodIn) dialog.showSaveDialog = () => Promise.resolve({ canceled: path === null, filePath: path ?? '' })
      session.defaultSession.once('will-download', (_event, item) => {
        const { title, filters } = item.getSaveDialogOptions()
        main.asked.push({ fileName: item.getFilename(), title, filters: filters ?? [] })
        if (dialogIsStoodIn) return
        if (path === null) item.cancel()
        else item.setSavePath(path)
      })
    },
    { path: file, dialogIsStoodIn: isStandIn },
  )
}

export function askedToSave(app: ElectronApplication): Promise<AskedToSave[]> {
  return app.evaluate(() => (globalThis as MainGlobal).asked)
}

/** The printer answers every print in this way, without paper. */
export async function answerPrint(app: ElectronApplication, success: boolean, reason: string): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, answer) => {
      const main = globalThis as MainGlobal
      main.printOptions = []
      const contents = BrowserWindow.getAllWindows()[0]!.webContents
      contents.print = (options, done) => {
        main.printOptions.push(options ?? {})
        done?.(answer.success, answer.reason)
      }
    },
    { success, reason },
  )
}

export function printOptionsUsed(app: ElectronApplication): Promise<object[]> {
  return app.evaluate(() => (globalThis as MainGlobal).printOptions)
}

/** Message boxes are answered with their first button; what they said is kept. */
export async function answerMessageBoxes(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog }) => {
    const main = globalThis as MainGlobal
    main.boxes = []
    dialog.showMessageBox = (...words: unknown[]) => {
      main.boxes.push((words.at(-1) as { message: string }).message)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
  })
}

/** The boxes that hold the program up are answered with this button; what they said is kept. */
export async function answerWithButton(app: ElectronApplication, button: string): Promise<void> {
  await app.evaluate(({ dialog }, label) => {
    const main = globalThis as MainGlobal
    main.boxes = []
    dialog.showMessageBoxSync = (...words: unknown[]) => {
      const { message, buttons } = words.at(-1) as { message: string; buttons: string[] }
      main.boxes.push(message)
      return buttons.indexOf(label)
    }
  }, button)
}

export function messageBoxes(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => (globalThis as MainGlobal).boxes)
}

/** The sheets that the stand-in's printer got, a PDF for each print. */
export async function printedSheets(app: ElectronApplication): Promise<{ options: object; pdf: Buffer }[]> {
  const printed = await app.evaluate((electron) => {
    const { standInRecord } = electron as unknown as { standInRecord: { printed: { options: object; pdfBase64: string }[] } }
    return standInRecord.printed
  })
  return printed.map(({ options, pdfBase64 }) => ({ options, pdf: Buffer.from(pdfBase64, 'base64') }))
}

const DOTS_PER_INCH = 72
const CELL_DOTS = 36

/**
 * Each page as squares of half an inch, row by row: how dark each is on average, 0 paper to 255 black. Small enough to tell two documents
 * apart, too large for the edges of letters to matter.
 */
export async function inkOf(pdf: Uint8Array): Promise<number[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterbay-sheets-'))
  try {
    const file = join(folder, 'document.pdf')
    await writeFile(file, pdf)
    const command = ['-gray', '-r', String(DOTS_PER_INCH), file]
    const { stdout } = await promisify(execFile)('pdftoppm', command, { encoding: 'buffer', maxBuffer: 64 << 20 })
    return readImages(stdout).map(inkPerCell)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface GrayImage {
  readonly width: number
  /** 0 black to 255 white, row by row */
  readonly pixels: Uint8Array
}

/** Binary PGM images, one after the other: 'P5', width, height, 255, then a byte a pixel. */
function readImages(bytes: Buffer): GrayImage[] {
  const images: GrayImage[] = []
  for (let at = 0; at < bytes.length;) {
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(at, at + 40).toString('latin1'))
    if (!head) throw new Error('pdftoppm printed something else than images')
    const [width, height] = [Number(head[1]), Number(head[2])]
    const begin = at + head[0].length
    at = begin + width * height
    images.push({ width, pixels: bytes.subarray(begin, at) })
  }
  return images
}

function inkPerCell({ width, pixels }: GrayImage): number[] {
  const columns = Math.ceil(width / CELL_DOTS)
  const cells: { ink: number; count: number }[] = []
  for (const [index, pixel] of pixels.entries()) {
    const row = Math.floor(index / width / CELL_DOTS)
    const cell = (cells[row * columns + Math.floor((index % width) / CELL_DOTS)] ??= { ink: 0, count: 0 })
    cell.ink += 255 - pixel
    cell.count += 1
  }
  return cells.map(({ ink, count }) => ink / count)
}
