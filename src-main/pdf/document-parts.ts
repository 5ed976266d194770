import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import type { PageFlow } from './page-flow'
import type { Element } from './tag-structure'

/** A document, perhaps under another title than its kind's. */
export interface PrintedDocument extends DocumentSnapshot {
  readonly title?: string
}

/** What each part of the document is written from. */
export interface Parts {
  readonly flow: PageFlow
  /** the structure tree's Document */
  readonly root: Element
  readonly snapshot: PrintedDocument
  readonly isVoid: boolean
  readonly isPractice: boolean
}
