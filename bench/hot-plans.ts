import type { Client } from 'pg'

/** Tables that grow with the shop's history: reading one from end to end costs more each month. */
const growing =
  /Seq Scan on (?:customers|vehicles|repair_orders|ro_jobs|line_items|ro_status_events|estimate_versions|authorizations|invoices|payments|audit_events|stock_transactions)\b/

export interface HotPlans {
  readonly seen: number
  /** 'Seq Scan on … in …' */
  readonly faults: readonly string[]
}

interface Session {
  on(event: 'notice', listener: (notice: { message: string | undefined }) => void): void
}

interface SessionPool {
  acquireConnection(): Promise<Session>
  releaseConnection(session: Session): Promise<void>
}

/**
 * The plans of everything that `work` really runs, with the statements inside functions, triggers and foreign keys: the server sends them
 * along as notices. Run twice: with plans for the values at hand, and with the generic plans that a long-lived connection ends up with.
 * @param work opens its connections itself, so that they are born with these settings; hands over the pool it works with
 */
export async function watchPlans(
  superuser: Client,
  database: string,
  work: (watch: (pool: unknown) => Promise<void>) => Promise<void>,
): Promise<HotPlans> {
  const plans = new Map<string, string>()
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    client_min_messages: 'log',
  }
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    for (const [name, value] of Object.entries({ ...settings, plan_cache_mode: mode })) {
      await superuser.query(`ALTER DATABASE ${database} SET ${name} = '${value}'`)
    }
    try {
      await work((pool) => listen(pool as SessionPool, plans))
    } finally {
      await superuser.query(`ALTER DATABASE ${database} RESET ALL`)
    }
  }
  const faults = new Set<string>()
  for (const [query, plan] of plans) {
    for (const line of plan.split('\n')) {
      const match = growing.exec(line)
      if (match) faults.add(`${match[0]} in: ${query}`)
    }
  }
  return { seen: plans.size, faults: [...faults] }
}

/** The pool gives out its one idle connection first, as long as one is enough. */
async function listen(pool: SessionPool, plans: Map<string, string>): Promise<void> {
  const session = await pool.acquireConnection()
  session.on('notice', ({ message = '' }) => {
    const [head = '', ...rest] = message.split('\n')
    const text = message.slice(message.indexOf('Query Text:') + 'Query Text:'.length)
    if (!head.includes('plan:')) return
    const query = text.replaceAll(/\s+/g, ' ').trim().slice(0, 110)
    plans.set(query, `${plans.get(query) ?? ''}\n${rest.join('\n')}`)
  })
  await pool.releaseConnection(session)
}
