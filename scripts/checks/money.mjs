import { at, isCode, isTest } from './source-files.mjs'
import { syntaxOf, walk } from './syntax.mjs'

const arithmetic = 'src-preload/contract/money.ts'
const moneyFolders = /^src-main\/(?:features\/(?:orders|invoices|payments)|pdf)\//
/** A page is measured in fractions of points: there a rounding is wrong only with an amount in it. */
const pages = /^src-main\/pdf\//
const screens = /^src-renderer\//
const product = /^(?:src-main|src-preload|src-renderer)\//

const floatFunctions = new Set(['parseFloat', 'Number'])
const roundings = new Set(['round', 'floor', 'ceil', 'trunc', 'fround'])
const operators = new Set(['+', '-', '*', '/', '%', '**', '+=', '-=', '*=', '/=', '%=', '**='])
const amount = /(?:Cents|Hundredths|Millionths)$|^(?:cents|hundredths|millionths)$/

function floatProblem(node) {
  if (node.type === 'UnaryExpression' && node.operator === '+') return 'unary plus makes a float of a text'
  if (node.type !== 'CallExpression') return null
  const { callee } = node
  if (callee.type === 'Identifier' && floatFunctions.has(callee.name)) return `${callee.name}() makes a float`
  if (callee.type !== 'MemberExpression' || callee.computed) return null
  const name = callee.property.name
  if (name === 'toFixed') return '.toFixed() writes a float'
  if (callee.object.name === 'Math' && roundings.has(name)) return `Math.${name}() rounds a float`
  if (callee.object.name === 'Number' && name === 'parseFloat') return 'Number.parseFloat() makes a float'
  return null
}

/** Screens count pixels and rows with floats, but what a clerk typed or reads goes through the money module. */
function typedAmountProblem(node) {
  const problem = floatProblem(node)
  return problem !== null && /parseFloat|toFixed/.test(problem) ? problem : null
}

const inner = (node) => {
  const wrapped = ['ParenthesizedExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'ChainExpression']
  return wrapped.includes(node?.type) ? inner(node.expression) : node
}

function nameOf(node) {
  const found = inner(node)
  if (found?.type === 'Identifier') return found.name
  if (found?.type === 'MemberExpression' && !found.computed) return found.property.name
  if (found?.type === 'CallExpression') return nameOf(found.callee)
  return ''
}

const isText = (node) => node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')

function arithmeticProblem(node) {
  if (node.type === 'UpdateExpression' && amount.test(nameOf(node.argument))) return `${node.operator} on ${nameOf(node.argument)}`
  if (node.type !== 'BinaryExpression' && node.type !== 'AssignmentExpression') return null
  if (!operators.has(node.operator) || isText(node.left) || isText(node.right)) return null
  const operand = [node.left, node.right].map(nameOf).find((name) => amount.test(name))
  return operand === undefined ? null : `${node.operator} on ${operand}`
}

const isRounding = (node) => /Math|toFixed/.test(floatProblem(node) ?? '')

function mentionsAmount(node) {
  let found = false
  walk(node, (each) => {
    if (each.type === 'Identifier' && amount.test(each.name)) found = true
  })
  return found
}

function problemsIn(file) {
  const problems = []
  const holdsMoney = moneyFolders.test(file.path) || file.path === arithmetic
  walk(syntaxOf(file), (node) => {
    if (pages.test(file.path) && isRounding(node) && !mentionsAmount(node)) return
    const float = holdsMoney ? floatProblem(node) : screens.test(file.path) ? typedAmountProblem(node) : null
    if (float !== null) problems.push(`${at(file, node.start)} ${float}: amounts stay whole numbers of cents`)
    const sum = file.path === arithmetic ? null : arithmeticProblem(node)
    if (sum !== null) problems.push(`${at(file, node.start)} ${sum}: only ${arithmetic} does arithmetic on amounts`)
  })
  return problems
}

/**
 * No float ever holds money, and one module does its arithmetic. A name that ends in Cents, Hundredths or Millionths is an amount.
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkMoney(all) {
  const files = all.filter(
    (file) => isCode(file) && product.test(file.path) && !isTest(file) && !file.path.startsWith('src-main/features/demo/'),
  )
  return { looked: files.length, problems: files.flatMap(problemsIn) }
}
