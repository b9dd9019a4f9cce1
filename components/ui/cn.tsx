import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['title', 'hero'],
      radius: ['card', 'control'],
      shadow: ['card', 'float'],
      container: ['page', 'prose'],
    },
  },
})

/** Joins class names; of two utilities that contradict each other the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
