import type { Browser, Page } from 'playwright-core'
import { openPage, signIn, type CounterPage } from './browser'
import type { RunningHost } from './web-host'

interface Person {
  readonly email: string
  readonly password: string
}

/** Counters in browsers of their own, somebody signed in at each. */
export interface CounterPool {
  readonly counters: readonly CounterPage[]
  /** Waits until a counter of this person is free. */
  at<Result>(person: Person, work: (page: Page) => Promise<Result>): Promise<Result>
}

/** Most of a screen's time is waiting: several are looked at side by side, each at a counter that nobody else is at. */
export async function openCounters(browser: Browser, host: RunningHost, people: readonly Person[]): Promise<CounterPool> {
  const counters: CounterPage[] = []
  const free = new Map<Person, Page[]>()
  const waiting = new Map<Person, ((page: Page) => void)[]>()
  for (const person of people) {
    const counter = await openPage(browser, host)
    await signIn(counter.page, person.email, person.password)
    counters.push(counter)
    free.set(person, [...(free.get(person) ?? []), counter.page])
    waiting.set(person, [])
  }
  return {
    counters,
    async at(person, work) {
      const page = free.get(person)?.pop() ?? (await new Promise<Page>((resolve) => waiting.get(person)?.push(resolve)))
      try {
        return await work(page)
      } finally {
        const next = waiting.get(person)?.shift()
        if (next) next(page)
        else free.get(person)?.push(page)
      }
    },
  }
}
