import { isContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { api } from '../../src-preload/contract/api'
import type { Access, CallMeta } from '../../src-preload/contract/call'

/** One call of the contract as its definition says it. */
export interface ContractCall {
  /** 'payments.take' */
  readonly name: string
  readonly access: Access
  /** null: takes no input (a stream) */
  readonly input: z.ZodType | null
}

/** Every call there is, read from the contract itself: a new one is covered on the day it is added. */
export const contractCalls: readonly ContractCall[] = Object.entries(api).flatMap(([area, calls]) =>
  Object.entries<unknown>(calls).map(([name, procedure]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${area}.${name} is not a call`)
    const { meta, inputSchema } = procedure['~orpc'] as { meta: CallMeta; inputSchema?: z.ZodType }
    if (!meta.access) throw new Error(`${area}.${name} has no access entry`)
    return { name: `${area}.${name}`, access: meta.access, input: inputSchema ?? null }
  }),
)

export const callsWithInput = contractCalls.filter((call): call is ContractCall & { input: z.ZodType } => call.input !== null)

/** What the input looks like, for makers of inputs. */
export interface Shape {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

export function shapeOf(input: z.ZodType): Shape {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape
}
