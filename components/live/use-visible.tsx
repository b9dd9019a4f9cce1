'use client'

import { useEffect, useState, type RefObject } from 'react'

/**
 * Whether the element is on the screen, or nearly so; true where no element is given.
 * False on the server and until the element has been looked at.
 */
export function useVisible(ref: RefObject<Element | null> | undefined): boolean {
  const [isVisible, setVisible] = useState(false)
  useEffect(() => {
    const element = ref?.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), {
      rootMargin: '120px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return ref ? isVisible : true
}
