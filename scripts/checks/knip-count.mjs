/** Lets knip say how many files it looked at, as the last line: a run that looked at none must not pass. */
export default function countFiles({ counters }) {
  console.log(`looked at ${counters.processed} files`)
}
