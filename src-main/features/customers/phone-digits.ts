/** As the database keys phones: the last ten digits, the extension cut off. */
export function phoneDigits(phone: string): string {
  return phone
    .replace(/(x|ext).*$/i, '')
    .replaceAll(/\D/g, '')
    .slice(-10)
}
