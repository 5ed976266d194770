import { rulesInForce, statePacks } from './rules-in-force'

/** The states, two letters, where no bill leaves a shop without its registration number. @param day 'YYYY-MM-DD' */
export function statesThatRegister(day: string): string[] {
  return statePacks.flatMap(({ state }) => {
    if (state === null) return []
    const asks = rulesInForce(state, day).content.some(
      ({ value }) => value.item === 'registration_number' && value.severity === 'refuse' && value.on.includes('invoice'),
    )
    return asks ? [state] : []
  })
}
