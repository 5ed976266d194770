import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog } from '../base/log'
import { ChangeHub } from '../ipc/change-hub'
import { newStation, type SignedInUser, type Station } from '../ipc/station'
import { lockStations, PAGE_LOCKS_WITHIN_MS, watchSystemLock, type SystemLockMonitor } from './lock-with-system'

type IdleState = ReturnType<SystemLockMonitor['getSystemIdleState']>

class Monitor extends EventEmitter {
  state: IdleState = 'active'
  getSystemIdleState = (): IdleState => this.state
}

const user: SignedInUser = {
  id: '0198c5d6-0000-7000-8000-000000000001',
  firstName: 'Olive',
  lastName: 'Owner',
  role: 'owner',
  canApprove: true,
  hasPin: true,
  mustChangePassword: false,
  passwordChangedAt: null,
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('watchSystemLock', () => {
  const watched = (platform: NodeJS.Platform): { monitor: Monitor; locks: () => number } => {
    const monitor = new Monitor()
    const onLock = vi.fn<() => void>()
    watchSystemLock(monitor as unknown as SystemLockMonitor, platform, onLock)
    return { monitor, locks: () => onLock.mock.calls.length }
  }

  it.each([
    ['win32', ['suspend', 'lock-screen']],
    ['darwin', ['suspend', 'lock-screen', 'user-did-resign-active']],
    ['linux', ['suspend']],
  ] as const)('on %s hears of %j', (platform, events) => {
    const { monitor, locks } = watched(platform)
    for (const event of events) monitor.emit(event)
    expect(locks()).toBe(events.length)
    expect(new Set(monitor.eventNames())).toEqual(new Set(events))
  })

  it('on Linux asks, and tells each lock once', () => {
    const { monitor, locks } = watched('linux')
    const turn = (state: IdleState): void => {
      monitor.state = state
      vi.advanceTimersByTime(5_000)
    }
    turn('idle')
    expect(locks()).toBe(0)
    turn('locked')
    turn('locked')
    expect(locks()).toBe(1)
    turn('active')
    turn('locked')
    expect(locks()).toBe(2)
  })
})

describe('lockStations', () => {
  const changes = new ChangeHub()
  const told: string[] = []
  function stationOf(who: SignedInUser | null, name = ''): Station {
    const station = Object.assign(newStation(name), { user: who })
    station.changed = () => {
      told.push(name)
      changes.publish({ area: 'session', id: name })
    }
    return station
  }
  beforeEach(() => {
    told.length = 0
  })

  it('locks what the page left open, after a moment for what is half typed', () => {
    const station = stationOf(user, 'hung')
    lockStations({ stations: new Set([station]), changes, log: silentLog }, () => told.push('asked'))
    expect(station.locked).toBe(false)
    vi.advanceTimersByTime(PAGE_LOCKS_WITHIN_MS)
    expect(station.locked).toBe(true)
    expect(told).toEqual(['asked', 'hung'])
  })

  it('does not lock again what the page locked and somebody opened since', () => {
    const station = stationOf(user, 'quick')
    const setLocked = (locked: boolean): void => {
      station.locked = locked
      station.changed()
    }
    lockStations({ stations: new Set([station]), changes, log: silentLog }, () => setLocked(true))
    setLocked(false)
    vi.advanceTimersByTime(PAGE_LOCKS_WITHIN_MS)
    expect(station.locked).toBe(false)
  })

  it('asks nobody where nobody is signed in', () => {
    const askPage = vi.fn<() => void>()
    lockStations({ stations: new Set([stationOf(null)]), changes, log: silentLog }, askPage)
    vi.advanceTimersByTime(PAGE_LOCKS_WITHIN_MS)
    expect(askPage).not.toHaveBeenCalled()
  })
})
