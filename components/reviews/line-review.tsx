'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { KeepFocus } from '#components/ui/keep-focus'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { BoughtLineView } from '#lib/reviews/schema'
import { ReviewForm, type Draft } from './review-form.tsx'
import { ReviewWords } from './review-item.tsx'

const api = createClient()

interface LineReviewProps {
  number: string
  title: string
  line: BoughtLineView
}

/** What the buyer says about one line, and the way to say it, to change it, to take it back. */
export function LineReview({ number, title, line }: LineReviewProps) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [drawn, setDrawn] = useState(line)
  // What was saved stands here before the page has been read again.
  const [saved, setSaved] = useState<BoughtLineView | null>(null)
  if (drawn !== line) {
    setDrawn(line)
    setSaved(null)
  }
  const { lineId, canReview, review } = saved ?? line
  const route = api.orders[':number'].lines[':lineId'].review
  const param = { number, lineId }

  async function save(draft: Draft) {
    const answer = await call(route.$put({ param, json: draft }))
    if (answer.ok) settle(answer.value.lines, review ? 'Your feedback is changed.' : 'Thank you for your feedback.')
    return answer
  }

  async function takeBack() {
    setBusy(true)
    const answer = await call(route.$delete({ param }))
    setBusy(false)
    if (answer.ok) settle(answer.value.lines, 'Your feedback is taken back.')
    else toast.error(answer.message)
  }

  function settle(lines: readonly BoughtLineView[], words: string) {
    setSaved(lines.find((each) => each.lineId === lineId) ?? null)
    toast.success(words)
    router.refresh()
  }

  return (
    <KeepFocus part={`${isOpen} ${review !== null}`} label={`Your feedback on ${title}`}>
      {isOpen ? (
        <ReviewForm title={title} review={review} save={save} onClose={() => setOpen(false)} />
      ) : (
        <>
          <p className="font-medium wrap-anywhere">{title}</p>
          {review ? <ReviewWords review={review} /> : null}
          {review?.hidden ? (
            <Alert tone="warn" title="The market has hidden this" className="mt-3">
              {review.hidden.reason}
            </Alert>
          ) : null}
          {canReview ? (
            <div className="mt-3 flex flex-wrap gap-3">
              <Button variant="secondary" size="sm" onClick={() => setOpen(true)}>
                {review ? 'Change' : 'Leave feedback'}
              </Button>
              {review ? (
                <Button variant="quiet" size="sm" busy={isBusy} onClick={() => void takeBack()}>
                  Take back
                </Button>
              ) : null}
            </div>
          ) : null}
        </>
      )}
    </KeepFocus>
  )
}
