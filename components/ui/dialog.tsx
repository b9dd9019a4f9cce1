'use client'

import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './cn.tsx'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  className?: string
  children: ReactNode
}

/** The browser's own modal dialog: it traps focus, closes with Escape and by a press on the ground behind it. */
export function Dialog({ open, onClose, title, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    if (open && !dialog?.open) dialog?.showModal()
    if (!open && dialog?.open) dialog.close()
  }, [open])
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className={cn(
        'm-auto w-[min(34rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-0 shadow-float backdrop:bg-[oklch(0.15_0.02_50/0.55)] open:animate-rise',
        className,
      )}
    >
      <div className="p-5 sm:p-6">
        <div className="mb-3 flex items-start justify-between gap-4">
          <h2 id={titleId} className="font-display text-xl font-semibold">
            {title}
          </h2>
          <Button variant="quiet" size="icon" aria-label="Close" onClick={onClose} className="-mt-2 -mr-2">
            <X aria-hidden className="size-5" />
          </Button>
        </div>
        {open ? children : null}
      </div>
    </dialog>
  )
}
