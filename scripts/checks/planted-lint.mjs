/** One file for each lint rule that must bite, named as in .oxlintrc.json. The settings are only right when each of them is found. */
export const plantedLint = {
  'typescript(no-floating-promises)': ['src-main/floating.ts', 'export function go(work: () => Promise<void>) {\n  work()\n}\n'],
  'typescript(no-misused-promises)': [
    'src-main/misused.ts',
    'export function go(work: () => Promise<boolean>) {\n  if (work()) return 1\n  return 2\n}\n',
  ],
  'typescript(no-explicit-any)': ['src-main/any.ts', 'export const value: any = 1\n'],
  'typescript(no-unsafe-assignment)': ['src-main/unsafe-assignment.ts', "export const value: string = JSON.parse('1')\n"],
  'typescript(no-unsafe-member-access)': ['src-main/unsafe-member.ts', "export const go = () => void JSON.parse('1').name\n"],
  'typescript(no-unsafe-call)': ['src-main/unsafe-call.ts', "export const go = () => void JSON.parse('1')()\n"],
  'typescript(no-unsafe-argument)': [
    'src-main/unsafe-argument.ts',
    "export const go = (take: (name: string) => void) => take(JSON.parse('1'))\n",
  ],
  'typescript(no-unsafe-return)': ['src-main/unsafe-return.ts', "export const go = (): string => JSON.parse('1')\n"],
  'typescript(return-await)': [
    'src-main/return-await.ts',
    'export async function go(work: () => Promise<number>) {\n  try {\n    return work()\n  } catch {\n    return 0\n  }\n}\n',
  ],
  'typescript(switch-exhaustiveness-check)': [
    'src-main/exhaustive.ts',
    "export function go(state: 'open' | 'closed') {\n  switch (state) {\n    case 'open':\n      return 1\n  }\n  return 0\n}\n",
  ],
  'typescript(no-non-null-assertion)': ['src-main/non-null.ts', 'export const go = (list: string[]) => list[0]!.length\n'],
  'import(no-cycle)': [
    'src-main/cycle-a.ts',
    "import { b } from './cycle-b'\nexport const a = () => b()\n",
    'src-main/cycle-b.ts',
    "import { a } from './cycle-a'\nexport const b = (): number => a()\n",
  ],
  'import(no-default-export)': ['src-main/default-export.ts', 'export default 1\n'],
  'eslint(no-console)': ['src-main/console.ts', 'console.log(1)\n'],
  'eslint(max-depth)': [
    'src-main/depth.ts',
    'export function go(a: boolean) {\n  if (a) {\n    for (;;) {\n      if (a) {\n        while (a) {\n          if (a) return\n        }\n      }\n    }\n  }\n}\n',
  ],
  'eslint(max-lines-per-function)': ['src-main/long-function.ts', `export function go() {\n${'  void 0\n'.repeat(70)}}\n`],
  'vitest(no-focused-tests)': ['src-main/focused.test.ts', "import { it } from 'vitest'\nit.only('x', () => {})\n"],
  'jsx-a11y(alt-text)': ['src-renderer/picture.tsx', "export const Picture = () => <img src='a.png' />\n"],
  'react-hooks(rules-of-hooks)': [
    'src-renderer/hooks.tsx',
    "import { useState } from 'react'\nexport function Part({ a }: { a: boolean }) {\n  if (a) useState(1)\n  return null\n}\n",
  ],
  'react-hooks(exhaustive-deps)': [
    'src-renderer/effects.tsx',
    "import { useEffect } from 'react'\nexport function Part({ a }: { a: string }) {\n  useEffect(() => {\n    document.title = a\n  }, [])\n  return null\n}\n",
  ],
}
