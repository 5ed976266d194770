import { shell } from 'electron'
import { AppError } from '../base/app-error'
import { externalUrl } from './external-url'

/** The only caller of shell.openExternal. The main process makes the address from stored data; a page never names one. */
export async function openExternal(text: string): Promise<void> {
  const url = externalUrl(text)
  if (url === null) throw new AppError('FORBIDDEN')
  await shell.openExternal(url)
}
