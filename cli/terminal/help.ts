import { aliasesOf, type SoukCommand } from './command.ts'
import { pad, widthOf } from './text.ts'

/** A command's --help: how it is called, what it does, lines to try, every option. */
export function helpOf(called: string, { about, examples, operands, args }: SoukCommand): string {
  const options = Object.entries(args).map(([name, option]) => {
    const { type, valueHint, description = '', default: usual } = option
    const short = aliasesOf(option).find((each) => each.length === 1)
    const value = type === 'boolean' ? '' : ` <${valueHint ?? name}>`
    const fallback = usual === undefined ? '' : ` (${String(usual)})`
    return [`${short ? `-${short}, ` : ''}--${name}${value}`, `${description}${fallback}`] as const
  })
  return [
    ['souk', called, operands, '[options]'].filter(Boolean).join(' '),
    about.map((line) => `  ${line}`).join('\n'),
    columns(examples.map(([line, meaning]) => [`$ souk ${line}`, meaning])),
    columns(options),
  ].join('\n\n')
}

/** Names and what they mean, in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => widthOf(name)))
  return rows.map(([name, meaning]) => `  ${pad(name, width)}  ${meaning}`.trimEnd()).join('\n')
}
