import type { ChangeOrder, DocumentSnapshot } from '../../src-preload/contract/invoices'
import { renderPaper } from './render-document'
import { writeAuthorizations } from './write-authorizations'
import { writeChanges } from './write-changes'
import { writeClosing } from './write-closing'

/** The difference between two versions of an estimate as PDF. @param snapshot the later version @throws as `renderDocument` */
export function renderChangeOrder(snapshot: DocumentSnapshot, changes: ChangeOrder, practice: boolean): Promise<Uint8Array> {
  return renderPaper({ ...snapshot, title: 'Change order' }, { void: false, practice }, async (parts) => {
    await writeChanges(parts, changes)
    await writeAuthorizations(parts)
    writeClosing(parts)
  })
}
