import type { ComponentPropsWithRef, ReactNode } from 'react'

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'type' | 'aria-label' | 'title'> {
  icon: ReactNode
  /** what it does; read by screen readers, shown on hover */
  label: string
}

export function IconButton({ icon, label, className, ...button }: IconButtonProps) {
  return (
    <button
      {...button}
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-50 ${className ?? ''}`}
    >
      {icon}
    </button>
  )
}
