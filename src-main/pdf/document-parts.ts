import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import type { PageFlow } from './page-flow'
import type { Element } from './tag-structure'

/** What each part of the document is written from. */
export interface Parts {
  readonly flow: PageFlow
  /** the structure tree's Document */
  readonly root: Element
  readonly snapshot: DocumentSnapshot
  readonly isVoid: boolean
  readonly isPractice: boolean
}
