import type { Change } from '../../src-preload/contract/api'
import type { StationCall } from './context'

/**
 * What changed, for as long as the screen listens. Starts with `*`: whatever was missed before this moment is looked at again.
 * Session changes reach only the station they are about.
 */
export async function* liveChanges(call: StationCall, signal: AbortSignal | undefined): AsyncGenerator<Change, void> {
  yield { area: '*', id: '*' }
  for await (const change of call.program.changes.stream(signal)) {
    if (change.area !== 'session' || change.id === call.station.id) yield change
  }
}
