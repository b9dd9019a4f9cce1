import { Fragment } from 'react'

const BULLET = /^\s*[-*•]\s+/

/** A seller's plain text as paragraphs and lists: a blank line parts them, a dash begins an entry. */
export function Description({ text }: { text: string }) {
  const blocks = text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
  return (
    <div className="grid max-w-prose gap-4 leading-relaxed wrap-anywhere">
      {blocks.map((lines, index) => (
        <Block key={index} lines={lines} />
      ))}
    </div>
  )
}

function Block({ lines }: { lines: string[] }) {
  const firstBullet = lines.findIndex((line) => BULLET.test(line))
  if (firstBullet < 0) return <Paragraph lines={lines} />
  return (
    <>
      {firstBullet > 0 ? <Paragraph lines={lines.slice(0, firstBullet)} /> : null}
      <ul className="grid list-disc gap-1.5 pl-5 marker:text-accent">
        {lines.slice(firstBullet).map((line, index) => (
          <li key={index}>{line.replace(BULLET, '')}</li>
        ))}
      </ul>
    </>
  )
}

function Paragraph({ lines }: { lines: string[] }) {
  return (
    <p>
      {lines.map((line, index) => (
        <Fragment key={index}>
          {index > 0 ? <br /> : null}
          {line}
        </Fragment>
      ))}
    </p>
  )
}
