/** Something that is true of all stored data, whoever wrote it. */
export interface Invariant {
  /** of the project's list of invariants; from 33 on of this program's own */
  readonly id: string
  readonly title: string
  /** What the owner of the shop does about it. */
  readonly remedy: string
  /**
   * One text column `row` for each place where it is not true: a sentence that names the record by the number it has in the shop. No names and
   * no addresses of people: what is printed may be sent to somebody for help.
   */
  readonly sql: string
  /** The statement returns the parts (column `part`) of the statement to run, instead of rows. */
  readonly generated?: true
  /** For what SQL can only suspect: the statement has a second column `found`; only rows where this is true of it count. */
  readonly confirm?: (found: string) => boolean
}
