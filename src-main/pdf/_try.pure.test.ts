import { writeFileSync, readFileSync, existsSync } from 'node:fs'
import { test } from 'vitest'
import { renderDocument } from './render-document'
import { longSnapshot, sampleSnapshot } from './sample-snapshot'
const out = async (name: string, s: any, o = { void: false }) => { const t = performance.now(); const b = await renderDocument(s, o); console.log(name, (performance.now() - t).toFixed(0), 'ms', b.length); writeFileSync(`/tmp/pdfw/${name}.pdf`, b) }
test('x', async () => {
  await out('invoice', sampleSnapshot())
  await out('invoice', sampleSnapshot())
  await out('invoice', sampleSnapshot())
  await out('invoice', sampleSnapshot())
  const logo = existsSync('/tmp/pdfw/logo.png') ? `data:image/png;base64,${readFileSync('/tmp/pdfw/logo.png').toString('base64')}` : null
  const s = sampleSnapshot()
  await out('estimate', sampleSnapshot({ kind: 'estimate', number: 'RO-2087-2', dueDate: null, terms: null, shop: { ...s.shop, logoUrl: logo } }))
  await out('void', sampleSnapshot(), { void: true })
  await out('long', longSnapshot(120))
  await out('long', longSnapshot(120))
  const names = ['Łódź Żółć İstanbul', '刹车片更换：前轮（左右）', 'עברית דוד כהן (בע"מ) 555-0100', 'العربية محمد الميكانيكي (ورشة) 42', 'Ελληνικά Γιώργος', 'Кириллица Владимир', 'Emoji 👩🏽‍🔧 🧿 end', '日本 カタカナ 한국', 'Nguyễn Thị Hương', 'e\u0301 a\u0308 combining', 'Mixed שלום and العربية with 123 numbers', 'ע'.repeat(30)]
  await out('scripts', sampleSnapshot({ customer: { ...s.customer, name: names[2]!, contactName: names[3]!, address: names[1]!, city: names[0]! }, vehicle: { ...s.vehicle, label: names[1]! }, complaint: names.join('\n') + '\n' + 'العربية محمد الميكانيكي ورشة '.repeat(12) + '\n' + '刹车片更换前轮左右'.repeat(15)+'。', shop: { ...s.shop, name: 'Łódź & Söhne' }, jobs: names.map((n, i) => ({ name: n, complaint: n, cause: '', correction: '', lines: [{ ...s.jobs[0]!.lines[i % 4]!, description: n + ' Donaudampfschifffahrtsgesellschaftskapitän'.repeat(i === 0 ? 1 : 0) + 'x'.repeat(i === 1 ? 150 : 0) }] })), authorizations: names.map((n) => ({ ...s.authorizations[1]!, approvedByName: n, note: n, recordedByName: n })) }))
  await out('scripts2', sampleSnapshot({complaint:'刹车片更换'}))
  const big = await (async () => { const t = performance.now(); let worst = 0, last = performance.now(); const timer = setInterval(() => { worst = Math.max(worst, performance.now() - last); last = performance.now() }, 1); const b = await renderDocument(longSnapshot(10000), { void: false }); clearInterval(timer); console.log('10k', (performance.now() - t).toFixed(0), 'ms', b.length, 'worst pause', worst.toFixed(0), process.memoryUsage().rss / 1e6); writeFileSync('/tmp/pdfw/big.pdf', b) })()
}, 120000)
