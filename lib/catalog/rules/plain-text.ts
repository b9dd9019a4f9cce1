const MARKUP = /<[a-z!/]/i
const TAG = /<(\/?)([a-z][a-z0-9]*)/iy
/** Elements whose content is not for reading. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'head', 'title'])
const BLOCKS = new Set(
  (
    'address article aside blockquote details div dl dt dd figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p ' +
    'pre section table ul'
  ).split(' '),
)
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  deg: '°',
  times: '×',
  frac12: '½',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  ccedil: 'ç',
}

/**
 * The readable text of a piece of HTML: paragraphs with a blank line between them, entries of lists behind a dash.
 * Text without any markup keeps its own lines. What comes out is text and must be shown as such: it may contain `<`.
 * Takes time in proportion to the length, whatever the text.
 */
export function textOfHtml(html: string): string {
  const text = MARKUP.test(html) ? strip(html) : html
  return tidy(cleanText(decodeEntities(text)))
}

/** Without characters that cannot be shown, or that turn the text around. Lines end with \n. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202A-\u202E\u2066-\u2069]|(?![\n\t])\p{Cc}|\p{Cs}/gu, '')
    .trim()
}

/** One line of text. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
}

/**
 * At most so many characters of a text. Never half of one: a sign outside the basic plane is two of JavaScript's, and
 * PostgreSQL refuses a text that holds one of them alone.
 */
export function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/\p{Cs}/gu, '')
    .trim()
}

/** What somebody wrote, for a sentence about it: one line, short, in quotation marks. */
export function quote(text: string): string {
  return `“${cut(cleanLine(text), 40)}”`
}

/** A scanner and not an expression: each `indexOf` either moves it on or ends it. */
function strip(html: string): string {
  // Letters of ASCII only: others may change their length, and places in the two texts must agree.
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = html.indexOf('<', at)
    parts.push(html.slice(at, start < 0 ? undefined : start).replace(/\s+/g, ' '))
    if (start < 0) break
    if (html.startsWith('<!--', start)) {
      const end = html.indexOf('-->', start)
      if (end < 0) break
      at = end + 3
      continue
    }
    TAG.lastIndex = start
    const [, slash, written] = TAG.exec(html) ?? []
    if (!written && html[start + 1] !== '!' && html[start + 1] !== '/') {
      parts.push('<')
      at = start + 1
      continue
    }
    const name = written?.toLowerCase() ?? ''
    const skips = !slash && UNREAD.has(name)
    const from = skips ? lower.indexOf(`</${name}`, start) : start
    const end = from < 0 ? -1 : html.indexOf('>', from)
    if (end < 0) break
    parts.push(breakFor(name, slash === '/'))
    at = end + 1
  }
  // An entry of a list that begins with a paragraph: the dash and its words stay on one line.
  return parts.join('').replace(/\n- \s+(?!- )(?=\S)/g, '\n- ')
}

function breakFor(name: string, closes: boolean): string {
  if (name === 'br' || name === 'tr') return '\n'
  if (name === 'li') return closes ? '' : '\n- '
  if (name === 'td' || name === 'th') return closes ? ' ' : ''
  return BLOCKS.has(name) ? '\n\n' : ''
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d{0,2}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return (Object.hasOwn(ENTITIES, name) && ENTITIES[name]) || whole
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '-')
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n\n- /g, '\n- ')
    .trim()
}
