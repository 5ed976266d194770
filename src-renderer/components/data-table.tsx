import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

export interface Column<Row> {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  align?: 'left' | 'right'
  /** Tailwind width, e.g. 'w-32' */
  width?: string
}

export interface DataTableProps<Row> {
  /** what the rows are; for screen readers */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Enter or a press on the row */
  onOpen?: (row: Row) => void
  /** other keys on a row: answer true when it was one */
  onRowKey?: (row: Row, key: string) => boolean
  /** in place of rows when there are none */
  empty?: ReactNode
}

/** Rows one under the other; Tab reaches the table once, arrows, Home and End move between its rows, Enter opens. */
export function DataTable<Row>({ label, columns, rows, rowKey, onOpen, onRowKey, empty }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState(0)
  const reachable = Math.min(current, rows.length - 1)

  const onKeyDown = (event: KeyboardEvent, row: Row, at: number): void => {
    if (event.target !== event.currentTarget) return
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      const to = Math.max(0, Math.min(rows.length - 1, next))
      setCurrent(to)
      body.current?.rows[to]?.focus()
    } else if (event.key === 'Enter' && onOpen) {
      event.preventDefault()
      onOpen(row)
    } else if (onRowKey?.(row, event.key)) event.preventDefault()
  }

  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <div className="min-w-0 overflow-x-auto">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- rows take the focus: ARIA's pattern for that is a grid */}
      <table role="grid" aria-label={label} className="w-full border-collapse text-base">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`border-b border-line px-3 py-2 text-sm font-medium text-muted ${column.align === 'right' ? 'text-right' : 'text-left'} ${column.width ?? ''}`}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, at) => (
            <tr
              key={rowKey(row)}
              tabIndex={at === reachable ? 0 : -1}
              onFocus={() => setCurrent(at)}
              onKeyDown={(event) => onKeyDown(event, row, at)}
              onClick={() => onOpen?.(row)}
              className={`border-b border-line last:border-0 focus-visible:-outline-offset-2 ${onOpen ? 'cursor-pointer hover:bg-hover' : ''}`}
            >
              {columns.map((column) => (
                <td key={column.key} className={`px-3 py-2 align-top ${column.align === 'right' ? 'text-right tabular-nums' : ''}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
