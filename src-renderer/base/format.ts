import { useMemo } from 'react'
import { useSession } from './session'
import { dayOf } from './shop-time'

/** Dates and times as the shop's wall clock shows them, whatever time zone the PC is in. Money: contract/money.ts. */
export interface Format {
  /** '2:30 PM' */
  time: (moment: string) => string
  /** 'Mar 8, 2026' */
  date: (moment: string) => string
  /** 'Mar 8, 2026, 2:30 PM' */
  dateTime: (moment: string) => string
  /** 'today 2:30 PM', 'tomorrow 9:00 AM', 'Tue 2:30 PM', 'Mar 8, 2:30 PM' */
  soon: (moment: string) => string
  /** a calendar day 'YYYY-MM-DD' -> 'Mar 8, 2026' */
  day: (day: string) => string
}

const LOCALE = 'en-US'
const dayNames = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', dateStyle: 'medium' })

export function formatFor(timezone: string): Format {
  const time = new Intl.DateTimeFormat(LOCALE, { timeZone: timezone, hour: 'numeric', minute: '2-digit' })
  const date = new Intl.DateTimeFormat(LOCALE, { timeZone: timezone, dateStyle: 'medium' })
  const dateTime = new Intl.DateTimeFormat(LOCALE, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(LOCALE, { timeZone: timezone, weekday: 'short', hour: 'numeric', minute: '2-digit' })
  const monthDay = new Intl.DateTimeFormat(LOCALE, {
    timeZone: timezone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  return {
    time: (moment) => time.format(Date.parse(moment)),
    date: (moment) => date.format(Date.parse(moment)),
    dateTime: (moment) => dateTime.format(Date.parse(moment)),
    day: (day) => dayNames.format(Date.parse(`${day}T00:00:00Z`)),
    soon: (moment) => {
      const days = Math.round((Date.parse(dayOf(moment, timezone)) - Date.parse(dayOf(new Date(), timezone))) / 86_400_000)
      if (days === 0) return `today ${time.format(Date.parse(moment))}`
      if (days === 1) return `tomorrow ${time.format(Date.parse(moment))}`
      if (days === -1) return `yesterday ${time.format(Date.parse(moment))}`
      return (days > 1 && days < 7 ? weekday : monthDay).format(Date.parse(moment))
    },
  }
}

export function useFormat(): Format {
  const { timezone } = useSession().shop
  return useMemo(() => formatFor(timezone), [timezone])
}

/** '5125550142' -> '(512) 555-0142'; anything that is not a US number stays as it is. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : phone
}

const wholeNumbers = new Intl.NumberFormat(LOCALE)

/** 84210 -> '84,210' (odometers, counts) */
export function formatCount(value: number): string {
  return wholeNumbers.format(value)
}
