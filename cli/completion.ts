import { aliasesOf, command, type SoukCommand, type Surroundings } from './terminal/command.ts'
import { EXIT, notBegun } from './terminal/failure.ts'

export const completion = command({
  name: 'completion',
  summary: 'print the completion for bash or zsh',
  about: ['Prints what a shell needs to complete souk with the Tab key: commands, their parts and their options.'],
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/souk', 'for bash, from the next shell on'],
    ['completion zsh > "${fpath[1]}/_souk"', 'for zsh'],
  ],
  operands: 'bash|zsh',
  words: 1,
  args: {},
  run: async (typed, { screen, commands }) => {
    const [shell] = typed._
    if (shell !== 'bash' && shell !== 'zsh') throw notBegun('miscalled', 'Say for which shell: bash or zsh.')
    const places = await listPlaces(commands)
    const script = shell === 'bash' ? bashOf(places) : zshOf(places)
    screen.show({ shell, script }, script)
    return EXIT.done
  },
})

/** Somewhere on the line, and what may be typed there. */
interface Place {
  /** "", "buy", "cart add" */
  readonly at: string
  readonly words: readonly { readonly word: string; readonly meaning: string }[]
  readonly takesFile: boolean
}

/** Every place of the command table. What commands that read their options themselves take is in their help. */
async function listPlaces(commands: Surroundings['commands']): Promise<Place[]> {
  const names = Object.entries(commands).map(([word, { summary }]) => ({ word, meaning: summary }))
  const places: Place[] = [{ at: '', words: [...names, HELP], takesFile: false }]
  for (const [name, entry] of Object.entries(commands)) {
    const parts = (await entry.parts?.()) ?? {}
    const own = (await entry.load?.()) ?? parts['']
    const subs = Object.entries(parts).flatMap(([word, { summary }]) => (word ? [{ word, meaning: summary }] : []))
    const options = !own ? [HELP] : 'citty' in own ? optionsOf(own) : optionsIn(own.help)
    const shells = name === 'completion' ? ['bash', 'zsh'].map((word) => ({ word, meaning: '' })) : []
    places.push({ at: name, words: [...subs, ...shells, ...options], takesFile: TAKE_FILE.has(name) })
    for (const { word } of subs) {
      const part = parts[word]
      if (part) places.push({ at: `${name} ${word}`, words: optionsOf(part), takesFile: false })
    }
  }
  return places
}

/** Commands whose operand is a file. */
const TAKE_FILE = new Set(['import', 'simulate'])

const HELP = { word: '--help', meaning: 'what it does, with examples' }

function optionsOf({ args }: SoukCommand): Place['words'] {
  const options = Object.entries(args).flatMap(([name, option]) => {
    const meaning = option.description ?? ''
    return [`--${name}`, ...aliasesOf(option).map((each) => `-${each}`)].map((word) => ({ word, meaning }))
  })
  return [...options, HELP]
}

function optionsIn(help: string): Place['words'] {
  const found = new Set(help.match(/--[a-z][a-z-]*/g))
  return [...[...found].map((word) => ({ word, meaning: '' })), HELP]
}

/** Of both shells: the command, and its part, are the first words of the line that are one. */
function findPlace(places: readonly Place[]): string {
  const heads = places.filter(({ at }) => at && !at.includes(' ')).map(({ at }) => at)
  const pairs = places.filter(({ at }) => at.includes(' ')).map(({ at }) => at.replace(' ', '/'))
  return `    if [[ -z $command ]]; then
      case $word in ${heads.join('|')}) command=$word ;; esac
    elif [[ -z $part ]]; then
      case $command/$word in ${pairs.join('|')}) part=" $word" ;; esac
    fi`
}

function bashOf(places: readonly Place[]): string {
  const cases = places.map(({ at, words, takesFile }) => {
    const list = words.map(({ word }) => word).join(' ')
    return `    '${at}') words='${list}'${takesFile ? '; files=1' : ''} ;;`
  })
  return `_souk() {
  local current=\${COMP_WORDS[COMP_CWORD]} command= part= words= files= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${findPlace(places)}
  done
  case "$command$part" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files && $current != -* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _souk souk`
}

function zshOf(places: readonly Place[]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const cases = places.map(({ at, words, takesFile }) => {
    const list = words.map(({ word, meaning }) => quote(meaning ? `${word}:${meaning}` : word)).join(' ')
    return `    '${at}') choices=(${list})${takesFile ? '; _files' : ''} ;;`
  })
  return `#compdef souk
_souk() {
  local command= part= word
  local -a choices
  for word in \${words[2,CURRENT-1]}; do
${findPlace(places)}
  done
  case "$command$part" in
${cases.join('\n')}
  esac
  _describe souk choices
}
if [[ $funcstack[1] == _souk ]]; then _souk "$@"; else compdef _souk souk; fi`
}
