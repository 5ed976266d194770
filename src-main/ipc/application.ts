import { RPCHandler as HttpHandler } from '@orpc/server/node'
import { RPCHandler } from '@orpc/server/websocket'
import type { Config } from '../base/config'
import type { Log } from '../base/log'
import { gate, type GateContext } from './gate'
import { openProgram } from './open-program'
import { router } from './router'
import { OpenViews } from './open-views'
import { newStation, type Station } from './station'
import type { HostConnection, Program } from './context'

/** Everything behind the gate, the same for both hosts. */
export interface Application {
  readonly program: Program
  /** A new place where people work: the desktop window, or one browser. Kept until the program ends. */
  openStation: () => Station
  /** One conversation of a window or socket with the contract; text in, text out (oRPC's peer protocol). */
  connect(connection: HostConnection, station: Station): { receive(text: string): void; close(): void }
  /** The contract over HTTP, for scripts: oRPC's RPC protocol under /rpc. */
  readonly http: HttpHandler<GateContext>
  /** Ends everything, the embedded database last. */
  close(): Promise<void>
}

/** @throws FolderInUseError when another Counterbay works on this data folder, MigrationError, StartError of the database */
export async function startApplication(options: { config: Config; demo: boolean; log: Log; version: string }): Promise<Application> {
  const running = await openProgram(options)
  const { program } = running
  // oRPC types interceptors per procedure; ours only reads what every procedure has.
  const interceptors = (): { clientInterceptors: never[] } => ({ clientInterceptors: [gate as never] }) // each handler adds its own to the list
  const handler = new RPCHandler<GateContext>(router as never, interceptors())
  return {
    program,
    openStation: () => {
      const station = newStation(crypto.randomUUID())
      station.changed = () => {
        program.changes.publish({ area: 'session', id: station.id })
      }
      program.stations.add(station)
      return station
    },
    connect(connection, station) {
      const peer: Pick<WebSocket, 'send'> = {
        send(message) {
          if (typeof message === 'string') connection.send(message)
        },
      }
      const { kind: host, desk } = connection
      const practice = program.practice.shopOf(station) !== null
      const views = new OpenViews()
      const context: GateContext = { program, station, host, practice, views, ...(desk ? { desk } : {}) }
      const forget = program.changes.subscribe(({ area, id }) => {
        if (area === 'session' && id === station.id) views.endAllBut(station.locked ? null : (station.user?.id ?? null))
      })
      return {
        // Whatever a page sends, it never ends the program: what is no message of the protocol is dropped, its text is in no log.
        receive(text) {
          handler.message(peer as WebSocket, text, { context }).catch(() => {
            program.log.warn({ host: connection.kind }, 'message dropped')
          })
        },
        close: () => {
          forget()
          views.endAllBut(null)
          handler.close(peer as WebSocket)
        },
      }
    },
    http: new HttpHandler<GateContext>(router as never, interceptors()),
    close: () => running.close(),
  }
}
