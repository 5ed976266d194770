/** Zones a shop in the United States can be in come first, then the rest of the world; the present one is always there. */
export function timeZones(present: string): string[] {
  const american = [
    'America/New_York',
    'America/Detroit',
    'America/Indiana/Indianapolis',
    'America/Chicago',
    'America/Denver',
    'America/Boise',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
    'America/Puerto_Rico',
  ]
  return [...new Set([present, ...american, ...Intl.supportedValuesOf('timeZone')])]
}
