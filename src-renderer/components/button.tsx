import type { ComponentPropsWithRef, ReactNode } from 'react'
import { tv } from 'tailwind-variants/lite'
import { Kbd } from './kbd'
import { Spinner } from './spinner'

const look = tv({
  base: 'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted',
  variants: {
    look: {
      primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
      secondary: 'border-control bg-surface text-ink hover:bg-hover',
      quiet: 'border-transparent bg-transparent text-ink hover:bg-hover',
      danger: 'border-transparent bg-bad-fill text-on-accent hover:opacity-90',
    },
    size: { normal: 'h-control px-3 text-base', small: 'h-control-small px-2 text-sm', large: 'h-11 px-5 text-lg' },
  },
})

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'type'> {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'normal' | 'small' | 'large'
  type?: 'button' | 'submit'
  icon?: ReactNode
  /** shown as a key cap; the key itself is registered with useKey */
  keys?: string | undefined
  /** at work: cannot be pressed again, says so to screen readers */
  busy?: boolean
}

export function Button({ look: variant = 'secondary', size = 'normal', type = 'button', icon, keys, busy = false, ...rest }: ButtonProps) {
  const { children, className, disabled, ...button } = rest
  return (
    <button
      {...button}
      type={type === 'submit' ? 'submit' : 'button'}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`${look({ look: variant, size })} ${className ?? ''}`}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {keys && <Kbd keys={keys} onFill={variant === 'primary' || variant === 'danger'} />}
    </button>
  )
}
