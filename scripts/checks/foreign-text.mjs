import { at, isTest } from './source-files.mjs'

/** Written so that this file does not hold what it forbids. */
const forbidden = [
  {
    text: /(?<![\w.-])(?:registry|npm|nexus|artifactory)\.[\w-]+(?:\.[\w-]+)*\.?(?:com|org|net|io|dev|local|internal)\b/,
    what: 'the host name of a package registry',
  },
  { text: /(?<![\w.\-/)}])[/](?:work|root|mnt)[/][\w.-]/, what: "a path of one person's machine" },
  // A test of the platforms' conventions has to name such folders.
  { text: /(?<![\w.\-/)}])[/](?:home|Users)[/][\w.-]/, what: "a path of one person's machine", exceptTests: true },
  { text: /(?<!\w)[A-Z]:\\+Users\\/, what: "a path of one person's machine", exceptTests: true },
  { text: /\b(?:sk|rk)_live_\w{8}/, what: 'a secret key' },
  { text: /-----BEGIN (?:[A-Z]+ )?PRIVATE[ ]KEY-----/, what: 'a private key' },
]

/**
 * Nothing of the machine a file was written on gets into the repository.
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkForeignText(all) {
  const files = all.filter((file) => !file.path.endsWith('.svg'))
  const problems = files.flatMap((file) =>
    forbidden.flatMap(({ text, what, exceptTests }) => {
      const match = exceptTests === true && isTest(file) ? null : text.exec(file.text)
      return match === null ? [] : [`${at(file, match.index)} ${what}: ${match[0]}`]
    }),
  )
  return { looked: files.length, problems }
}
