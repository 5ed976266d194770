import { invalidField } from '../../base/app-error'

/**
 * Rules for new passwords and PINs. Length and a list of what guessers try first, no rules of composition (NIST SP 800-63B 5.1.1.2):
 * words of this shop and this person count as known to everybody.
 */
const COMMON_WORDS = [
  'password',
  'passwort',
  'passw0rd',
  'p4ssword',
  'welcome',
  'letmein',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  'iloveyou',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'batman',
  'monkey',
  'dragon',
  'master',
  'shadow',
  'michael',
  'jennifer',
  'charlie',
  'trustno',
  'changeme',
  'default',
  'administrator',
  'admin',
  'secret',
  'login',
  'abc',
  'test',
  'guest',
  'user',
  'owner',
  'manager',
  'counterbay',
  'autoshop',
  'autorepair',
  'mechanic',
  'garage',
  'repair',
  'service',
  'mustang',
  'corvette',
  'harley',
  'ferrari',
  'chevrolet',
  'toyota',
  'honda',
  'summer',
  'winter',
  'spring',
  'autumn',
  'hello',
  'freedom',
  'whatever',
  'starwars',
  'pokemon',
  'computer',
  'internet',
  'google',
  'facebook',
  'america',
  'my',
  'the',
  'our',
]
const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
  '1q2w3e4r5t6y7u8i9o0p',
]
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}
const LEFT_OVER = 4

/** @throws AppError INVALID_INPUT beside `field` when the password is one of those that are tried first */
export function checkNewPassword(password: string, field: string, knownWords: readonly string[]): void {
  const words = [...knownWords.flatMap((text) => [letters(text), ...text.split(/[^\p{L}\p{N}]+/u).map(letters)]), ...COMMON_WORDS]
    .filter((word) => word.length >= 2)
    .sort((a, b) => b.length - a.length)
  const spellings = [letters(password), letters(password.replaceAll(/[@$!013457]/g, (sign) => LOOKS_LIKE[sign] ?? sign))]
  if (spellings.some((spelling) => isKnown(spelling, words) || isRun(spelling)) || isRepeated(password.toLowerCase())) {
    throw invalidField(field, 'This password is easy to guess. Take several words that do not belong together.')
  }
}

/** @throws AppError INVALID_INPUT beside `field` for a PIN that is tried first: one digit, a row, a repeated pair or triple */
export function checkNewPin(pin: string, field: string): void {
  if (isRun(pin) || isRepeated(pin) || /^(\d)\1(\d)\2(\d)\3$/.test(pin)) {
    throw invalidField(field, 'This PIN is easy to guess. Take another one.')
  }
}

function letters(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Known words make up nearly all of it. */
function isKnown(spelling: string, words: readonly string[]): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, ' '), spelling)
  return rest !== spelling && rest.replaceAll(/[\s\d]/g, '').length < LEFT_OVER
}

function isRun(text: string): boolean {
  return text.length >= 4 && RUNS.some((run) => run.includes(text))
}

/** 'aaaaaaaaaa', '121212', 'abcabcabcabc': a block of at most four characters over and over. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some((size) => text.length >= 2 * size && text.slice(size) === text.slice(0, -size))
}
