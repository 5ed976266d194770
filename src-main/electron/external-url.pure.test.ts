import { expect, it } from 'vitest'
import { externalUrl } from './external-url'

it.each(['mailto:jane.roe@example.com', 'tel:+15550101234', 'tel:5550101', 'https://www.nhtsa.gov/recalls?vin=1HGCM82633A004352'])(
  'opens %s',
  (url) => {
    expect(externalUrl(url)).toBe(url)
  },
)

it.each([
  'file:///etc/passwd',
  'FILE:///C:/Windows/system32/calc.exe',
  'ms-msdt:/id PCWDiagnostic',
  'smb://server/share',
  'javascript:alert(1)',
  'http://www.nhtsa.gov/',
  'https://example.com/',
  'https://www.nhtsa.gov.example.com/',
  'https://www.nhtsa.gov@example.com/',
  'https://jane:secret@www.nhtsa.gov/',
  'https://www.nhtsa.gov:8443/',
  'mailto:jane@example.com?bcc=all@example.com',
  'mailto:jane@example.com&attach=/etc/passwd',
  'mailto:',
  'tel:*21*5550199#',
  ' https://www.nhtsa.gov/x\u0000',
  '',
])('does not open %j', (url) => {
  expect(externalUrl(url)).toBeNull()
})
