// What a page downloads: Chromium writes it into a folder of the stand-in's own, and from there it goes where the application or the
// person at the save dialog says.
import { copyFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { dialog } from './desktop.mjs'
import { emulatedEmitter } from './emulated.mjs'
import { toAppUrl } from './schemes.mjs'
import { contentsByTarget } from './state.mjs'

class DownloadItem extends emulatedEmitter('DownloadItem', ['updated', 'done']) {
  _savePath = ''
  #facts
  #saveDialogOptions = {}
  #state = 'progressing'

  constructor(facts) {
    super()
    this.#facts = facts
  }
  getURL = () => this.#facts.url
  getFilename = () => this.#facts.fileName
  getMimeType = () => (this.#facts.fileName.endsWith('.pdf') ? 'application/pdf' : '') // Chromium does not tell it here
  getState = () => this.#state
  getSavePath = () => this._savePath
  setSavePath = (file) => (this._savePath = file)
  setSaveDialogOptions = (options) => (this.#saveDialogOptions = options)
  getSaveDialogOptions = () => this.#saveDialogOptions

  _end(state) {
    this.#state = state
    this.emit('done', {}, state)
  }
}

const ends = new Map()

/** @param connection to the browser; @param folder where Chromium puts what it downloads, under the download's own number */
export async function watchDownloads(connection, folder) {
  connection.on('Browser.downloadProgress', ({ guid, state }) => {
    if (state !== 'inProgress') ends.get(guid)?.(state)
  })
  connection.on('Browser.downloadWillBegin', (begun) => void begin(connection, folder, begun))
  await connection.send('Browser.setDownloadBehavior', { behavior: 'allowAndName', downloadPath: folder, eventsEnabled: true })
}

async function begin(connection, folder, { guid, frameId, url, suggestedFilename }) {
  const written = new Promise((resolve) => ends.set(guid, resolve))
  const contents = contentsByTarget.get(frameId)
  const item = new DownloadItem({ url: toAppUrl(url), fileName: suggestedFilename })
  let prevented = false
  contents?.session.emit('will-download', { preventDefault: () => (prevented = true) }, item, contents)
  const file = prevented || !contents ? '' : item.getSavePath() || (await askWhere(item))
  if (file === '') await connection.send('Browser.cancelDownload', { guid }).catch(() => {}) // written already
  const state = await written
  ends.delete(guid)
  const held = path.join(folder, guid)
  if (file !== '') {
    item.setSavePath(file)
    const kept = state === 'completed' ? copyFile(held, file) : Promise.reject(new Error(state))
    await kept.then(
      () => item._end('completed'),
      () => item._end('interrupted'),
    )
  } else if (!prevented) item._end('cancelled')
  await rm(held, { force: true })
}

/** Electron's own routine where the application names no file. */
async function askWhere(item) {
  const options = { title: item.getURL(), defaultPath: item.getFilename(), ...item.getSaveDialogOptions() }
  const { canceled, filePath } = await dialog.showSaveDialog(options)
  return canceled ? '' : filePath
}
