import type { Check } from './gates'
import type { ShopResult } from './measure-shop'
import type { StartUpResult } from './start-up'
import type { Times } from './times'

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value >= 100 ? value.toFixed(0) : value.toFixed(2))
const kib = (bytes: number): string => (bytes / 1024).toFixed(1)
const percent = (share: number): string => `${Math.round(share * 100)} %`

export function shopReport(shop: ShopResult): string {
  const rows = shop.operations.map(({ name, step, floor, application, ratio, cpuMs, idleBefore }) => [
    step === 'whole' ? name : `  ${name}`,
    number(floor.p50),
    number(floor.p95),
    number(application.p50),
    number(application.p95),
    ratio.toFixed(2),
    number(application.statements),
    number(application.commits),
    step === 'whole' ? number(cpuMs) : '',
    percent(idleBefore),
  ])
  const { together, saleLog, searchInDatabase, plans } = shop
  const count = (value: number): string => value.toLocaleString('en-US')
  return [
    `\n${count(shop.orders)} orders, ${count(shop.customers)} customers, ${count(shop.vehicles)} vehicles; filled in ${(shop.fillMs / 1000).toFixed(1)} s`,
    table(['operation', 'floor p50', 'p95', 'Counterbay p50', 'p95', 'ratio', 'statements', 'commits', 'own CPU ms', 'idle around'], rows),
    `search in the database: p50 ${number(searchInDatabase.p50)} ms, p95 ${number(searchInDatabase.p95)} ms`,
    `four counters at once: floor ${number(together.floor.p50)} / ${number(together.floor.p95)} ms and ${number(together.floor.perSecond)} sales a second, ` +
      `Counterbay ${number(together.application.p50)} / ${number(together.application.p95)} ms and ${number(together.application.perSecond)}; ` +
      `ratio ${together.ratio.toFixed(2)}, ${together.errors} errors, ${together.gapsAndDuplicates} numbers missing or double`,
    `log of a sale: alone ${kib(saleLog.aloneBytes)} KiB (floor ${kib(saleLog.floorAloneBytes)}), in a burst ${kib(saleLog.burstBytes)} KiB (floor ${kib(saleLog.floorBurstBytes)})`,
    `${plans.seen} statements looked at for full scans${plans.faults.map((fault) => `\n  ${fault}`).join('')}`,
  ].join('\n')
}

export function startUpReport(result: StartUpResult): string {
  const { readyMs, statusMs, paintedMs, memory, vinDecoding, screenSearch, cannedJob, runs } = result
  const mib = (value: number | null): string => (value === null ? 'unknown' : `${value.toFixed(0)} MiB`)
  const painted = paintedMs === null ? 'no browser to paint in' : `first screen ${number(paintedMs)} ms`
  return (
    `\nstart of the web host on this data folder, median of ${runs}: ready ${number(readyMs)} ms, first answer ${number(statusMs)} ms, ${painted}\n` +
    `memory of its process: ${mib(memory.startedMib)} when started, ${mib(memory.afterMib)} after ${memory.sales} sales; ` +
    `held after a collection ${mib(memory.heldMib)}, growing by ${number(memory.growthMibPerThousand)} MiB in 1,000 sales\n` +
    [
      timesReport('VIN decoded', vinDecoding),
      timesReport('search on screen, from key press to picture', screenSearch),
      timesReport('canned job on an order, from the last key to the picture of the total', cannedJob),
    ].join('\n')
  )
}

function timesReport(what: string, times: Times | null): string {
  if (times === null) return `${what}: not measured, there is no Chromium on this machine`
  const { p50, p95, samples, firstMs, idleBefore } = times
  return `${what}: p50 ${number(p50)} ms, p95 ${number(p95)} ms of ${samples}, the first after the start ${number(firstMs)} ms, ${percent(idleBefore)} idle around`
}

export function checksReport(checks: readonly Check[]): string {
  const rows = checks.map(({ what, measured, must, aim, unit, outcome }) => [
    what,
    `${number(measured)} ${unit}`.trim(),
    `<= ${number(must)} ${unit}`.trim(),
    aim === null ? '' : number(aim),
    outcome,
  ])
  const missed = checks.filter(({ outcome }) => outcome === 'missed')
  const verdict = missed.length === 0 ? 'Every gate holds.' : `${missed.length} gates missed: ${missed.map(({ what }) => what).join('; ')}`
  return `\n${table(['gate', 'measured', 'must', 'aim', ''], rows)}\n\n${verdict}`
}

/** First column to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 || column === head.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].map((text) => text.trimEnd()).join('\n')
}
