import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { DecodedVin } from '../../src-preload/contract/vehicles'
import { tidyVin } from '../../src-preload/contract/vin'
import { decodeQuery } from '../base/vin-catalogue'
import { differencesTo, emptied, fillFrom, type VinField, type VinFields, type VinPart } from '../base/vin-fill'

export interface VinFillOptions {
  vin: string
  there: VinFields
  onFill: (part: VinPart) => void
  /** the VIN that is stored already: nothing is filled in by opening a screen */
  known?: string
}

export interface VinFill {
  decoded: DecodedVin | undefined
  /** what was filled in by this VIN */
  filled: readonly VinField[]
  undo: () => void
  differences: readonly { name: VinField; says: string | number }[]
  take: (name: VinField) => void
}

/** Decodes a VIN as soon as its characters are there and fills what is empty, once for each VIN; undo takes it back for good. */
export function useVinFill({ vin, there, onFill, known = '' }: VinFillOptions): VinFill {
  const handled = useRef(known)
  const latest = useRef({ there, onFill })
  const [last, setLast] = useState<{ vin: string; part: VinPart }>()
  const { data } = useQuery(decodeQuery(vin))
  const decoded = data?.ready && data.vin === tidyVin(vin) && data.vin !== known ? data : undefined
  useEffect(() => {
    latest.current = { there, onFill }
  })
  useEffect(() => {
    if (!decoded || handled.current === decoded.vin) return
    handled.current = decoded.vin
    const part = fillFrom(decoded, latest.current.there)
    setLast({ vin: decoded.vin, part })
    if (Object.keys(part).length > 0) latest.current.onFill(part)
  }, [decoded])

  const part = last && last.vin === decoded?.vin ? last.part : {}
  return {
    decoded: decoded ?? (data?.ready === false ? data : undefined),
    filled: Object.keys(part) as VinField[],
    undo: () => {
      onFill(emptied(part, there))
      setLast(undefined)
    },
    differences: decoded ? differencesTo(decoded, there) : [],
    take: (name) => {
      if (decoded) onFill({ [name]: decoded[name] })
    },
  }
}
