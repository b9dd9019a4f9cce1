import type { Look, Tone } from './looks.ts'
import type { SceneName } from './types.ts'

/** Side of a picture. The objects come at 256 pixels: a larger picture would only be softer, and take longer. */
export const SIDE = 1000

/** A drawn backdrop of side 100, and where things stand in it. */
export interface Backdrop {
  readonly svg: string
  /** Where the feet of a standing thing are, as a fraction; null when things lie or hang in it. */
  readonly baseline: number | null
}

/** The set of a picture without light: wall and table, an arch, a plinth, a surface from above, or a bare wall. */
export function drawBackdrop(scene: SceneName, look: Look, tone: Tone): Backdrop {
  if (scene === 'lay') return { baseline: null, svg: svg(fills(tone) + surface(look, tone, 0)) }
  if (scene === 'wall') return { baseline: null, svg: svg(fills(tone) + wall(look, tone, 100)) }
  const horizon = scene === 'plinth' ? 74 : 66
  const room = wall(look, tone, horizon) + (scene === 'arch' ? arch(horizon) : '')
  const built = scene === 'plinth' ? plinth(tone) : ''
  return {
    baseline: scene === 'plinth' ? 0.755 : 0.8,
    svg: svg(fills(tone) + room + surface(look, tone, horizon) + built),
  }
}

/** What light does to the set: pools, window panes, leaf shadows, folds. Drawn small and blurred, so that its edges are soft. */
export function drawLight(look: Look, scene: SceneName, seed: number): string {
  const folds = scene === 'lay' && look.surface === 'linen' ? drawFolds(seed) : ''
  const inner = folds + lightOf(look, seed)
  return svg(look.from === 'left' ? inner : `<g transform="translate(100 0) scale(-1 1)">${inner}</g>`, 200)
}

function lightOf(look: Look, seed: number): string {
  switch (look.light) {
    case 'window':
      return pool(26, 22, 105, 0.5) + panes(6 + (seed % 3) * 7)
    case 'leaves':
      return pool(26, 20, 110, 0.45) + leaves(seed)
    case 'spot':
      return pool(50, 40, 72, 0.75)
    case 'evening':
      return pool(18, 34, 100, 0.62) + `<path d="M-5 30 L78 10 L78 40 L-5 76 Z" fill="#fff2c4" opacity="0.34"/>`
    case 'paper':
      return pool(36, 24, 120, 0.34)
  }
}

function pool(x: number, y: number, radius: number, strength: number): string {
  return (
    `<radialGradient id="pool" gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}" r="${radius}">` +
    `<stop offset="0" stop-color="#fff" stop-opacity="${strength}"/>` +
    `<stop offset="0.55" stop-color="#fff" stop-opacity="${strength * 0.3}"/>` +
    `<stop offset="1" stop-color="#000" stop-opacity="${strength * 0.42}"/></radialGradient>` +
    `<rect width="100" height="100" fill="url(#pool)"/>`
  )
}

function drawFolds(seed: number): string {
  const folds: string[] = []
  for (let n = 0; n < 5; n++) {
    const x = -20 + n * 28 + (seed % 11)
    const path = `M${x} -5 Q${x + 14} 40 ${x - 4 + n * 3} 105`
    folds.push(`<path d="${path}" stroke="#000" stroke-width="5" opacity="0.17" fill="none"/>`)
    folds.push(
      `<path d="${path}" transform="translate(-4 0)" stroke="#fff" stroke-width="4" opacity="0.4" fill="none"/>`,
    )
  }
  return folds.join('')
}

function svg(inner: string, side = SIDE): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 100 100">${inner}</svg>`
}

function fills(tone: Tone): string {
  const gradient = (id: string, top: string, bottom: string) =>
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`
  return (
    `<defs>${gradient('wall', tone.wall, tone.wallEdge)}${gradient('table', tone.table, tone.tableEdge)}` +
    `${gradient('accent', tone.accent, tone.wallEdge)}` +
    `<linearGradient id="drum" x1="0" x2="1"><stop offset="0" stop-color="${tone.accent}"/>` +
    `<stop offset="0.35" stop-color="${tone.wall}"/><stop offset="1" stop-color="${tone.wallEdge}"/></linearGradient></defs>`
  )
}

function wall(look: Look, tone: Tone, height: number): string {
  const plain = `<rect width="100" height="${height + 1}" fill="url(#wall)"/>`
  if (look.light !== 'paper') return plain
  const cloud = (x: number, y: number, s: number) =>
    `<g transform="translate(${x} ${y}) scale(${s})" fill="${tone.accent}" opacity="0.75">` +
    `<circle cx="0" cy="0" r="6"/><circle cx="8" cy="-3" r="8"/><circle cx="17" cy="0" r="6"/><rect x="-6" y="-1" width="29" height="7" rx="3.5"/></g>`
  const hills =
    `<path d="M0 ${height} V${height - 14} Q18 ${height - 30} 40 ${height - 13} T82 ${height - 17} T100 ${height - 12} V${height} Z" fill="${tone.wallEdge}" opacity="0.55"/>` +
    `<path d="M0 ${height} V${height - 4} Q26 ${height - 20} 56 ${height - 6} T100 ${height - 9} V${height} Z" fill="${tone.wallEdge}" opacity="0.8"/>`
  return (
    plain + cloud(14, 17, 0.85) + cloud(72, 11, 0.65) + (height < 100 ? hills : cloud(20, 82, 0.7) + cloud(66, 88, 0.9))
  )
}

function surface(look: Look, tone: Tone, top: number): string {
  const depth = 100 - top
  const plain = `<rect y="${top}" width="100" height="${depth}" fill="url(#table)"/>`
  const edge = top === 0 ? '' : `<rect y="${top}" width="100" height="0.5" fill="#fff" opacity="0.28"/>`
  const lines: string[] = []
  if (look.surface === 'wood') {
    const step = top === 0 ? 14 : 7.5
    for (let y = top + step; y < 100; y += step)
      lines.push(
        `<path d="M0 ${y} q25 0.7 50 0 t50 0" stroke="${tone.tableEdge}" stroke-width="0.35" opacity="0.5" fill="none"/>`,
      )
    for (let y = top + 2; y < 100; y += 1.7)
      lines.push(
        `<path d="M0 ${y} q${18 + ((y * 7) % 20)} ${((y * 13) % 5) / 4 - 0.6} 50 0 t50 0" stroke="${tone.tableEdge}" stroke-width="0.16" opacity="0.28" fill="none"/>`,
      )
  }
  if (look.surface === 'linen') lines.push(weave(tone, top))
  if (look.surface === 'stone') lines.push(speckles(tone, top))
  return plain + lines.join('') + edge
}

function weave(tone: Tone, top: number): string {
  const [warp, weft] = [
    ['', '', ''],
    ['', '', ''],
  ]
  for (let at = 0.4; at < 100; at += 0.9) {
    const strength = Math.floor(scatter(at) * 3)
    if (at > top) weft[strength] += `M0 ${at}H100`
    warp[strength] += `M${at} ${top}V100`
  }
  const threads = (d: string, color: string, opacity: number) =>
    `<path d="${d}" stroke="${color}" stroke-width="0.25" opacity="${opacity}"/>`
  return (
    weft.map((d, strength) => threads(d, '#fff', 0.05 + strength * 0.02)).join('') +
    warp.map((d, strength) => threads(d, tone.shadow, 0.02 + strength * 0.012)).join('')
  )
}

function speckles(tone: Tone, top: number): string {
  const paths = ['', '']
  for (let n = 1; n < 220; n++) {
    const size = 0.15 + scatter(n * 1.9) * 0.4
    paths[n % 2] += `M${scatter(n) * 100} ${top + scatter(n * 3.7) * (100 - top)}h${size}v${size * 0.6}h${-size}z`
  }
  return `<path d="${paths[0]}" fill="#fff" opacity="0.4"/><path d="${paths[1]}" fill="${tone.shadow}" opacity="0.2"/>`
}

/** A number between 0 and 1 that looks random and is the same in every market. */
function scatter(n: number): number {
  const wave = Math.sin(n * 127.1 + 311.7) * 43_758.5453
  return wave - Math.floor(wave)
}

function arch(horizon: number): string {
  const outer = `M19 ${horizon} V42 A31 31 0 0 1 81 42 V${horizon}`
  return (
    `<path d="${outer} Z" fill="url(#accent)"/>` +
    `<path d="${outer} H79 V43.4 A29 29 0 0 0 21 43.4 V${horizon} Z" fill="#000" opacity="0.09"/>`
  )
}

function plinth(tone: Tone): string {
  return (
    `<ellipse cx="50" cy="95" rx="38" ry="5" fill="${tone.shadow}" opacity="0.3"/>` +
    `<path d="M17 76 V92 A33 5.4 0 0 0 83 92 V76 Z" fill="url(#drum)"/>` +
    `<ellipse cx="50" cy="76" rx="33" ry="5.4" fill="${tone.accent}"/>` +
    `<ellipse cx="50" cy="76" rx="33" ry="5.4" fill="#fff" opacity="0.22"/>`
  )
}

function panes(x: number): string {
  const pane = (left: number, top: number) =>
    `<path d="M${left} ${top} l15 -6 v17 l-15 6 Z" fill="#fff" opacity="0.62"/>`
  return [pane(x, 16), pane(x + 18, 9), pane(x, 37), pane(x + 18, 30)].join('')
}

function leaves(seed: number): string {
  const shapes: string[] = []
  for (let n = 0; n < 9; n++) {
    const turn = -60 + n * 17 + (seed % 5) * 4
    const reach = 15 + ((n * 7 + seed) % 9)
    shapes.push(
      `<path transform="translate(96 4) rotate(${turn + 90}) translate(${reach} 0)" d="M0 0 Q${reach * 0.6} -6 ${reach * 1.3} 0 Q${reach * 0.6} 6 0 0Z" fill="#16301a" opacity="0.5"/>`,
    )
  }
  return shapes.join('')
}
