/** How each shop photographs: its colours, its surface, its light. A buyer knows a shop by it before reading a name. */

export interface Tone {
  readonly wall: string
  readonly wallEdge: string
  readonly table: string
  readonly tableEdge: string
  /** The arch, the plinth and other things built into the scene. */
  readonly accent: string
  readonly shadow: string
}

export interface Look {
  readonly tones: readonly Tone[]
  readonly light: 'window' | 'leaves' | 'spot' | 'evening' | 'paper'
  readonly surface: 'wood' | 'stone' | 'linen' | 'gloss' | 'paper'
  /** Where the light comes from; shadows fall to the other side. */
  readonly from: 'left' | 'right'
  /** How strongly the light works on red, green and blue. */
  readonly warmth: readonly [number, number, number]
}

export type LookName = 'plaster' | 'jewel' | 'greenhouse' | 'linen' | 'sideboard' | 'papercut'

export const looks: Readonly<Record<LookName, Look>> = {
  plaster: {
    light: 'window',
    surface: 'wood',
    from: 'left',
    warmth: [1, 0.96, 0.86],
    tones: [
      tone('#f3e3d0', '#dcc0a2', '#b98258', '#8f5d3a', '#e2b793', '#4a2a16'),
      tone('#f6ead9', '#e3cfb4', '#caa57c', '#a37c54', '#cf8f6b', '#4d3018'),
      tone('#e6dfcf', '#c6bda6', '#a8805a', '#7d5a3b', '#a9ad8b', '#3a2a1a'),
      tone('#efd6c4', '#d3a88b', '#9c6846', '#734529', '#c9805d', '#43200f'),
    ],
  },
  jewel: {
    light: 'spot',
    surface: 'gloss',
    from: 'right',
    warmth: [1, 0.96, 0.9],
    tones: [
      tone('#5a2d4a', '#2c1229', '#4a2340', '#1f0c1d', '#7c4364', '#12040f'),
      tone('#1f5560', '#0b262e', '#174650', '#071d24', '#33788a', '#020f14'),
      tone('#b9782b', '#6b3b12', '#9a5f20', '#4f2a0c', '#d69a48', '#2b1304'),
      tone('#39406f', '#171b39', '#2d335c', '#10132b', '#565fa0', '#070818'),
    ],
  },
  greenhouse: {
    light: 'leaves',
    surface: 'stone',
    from: 'right',
    warmth: [1, 1, 0.92],
    tones: [
      tone('#e7efdf', '#bfd0b4', '#d8d3c4', '#aaa593', '#a9c09a', '#2b3a26'),
      tone('#f4efdc', '#d9d2b0', '#c9c3ae', '#9a947e', '#cfc68f', '#3a3a20'),
      tone('#dcebec', '#a9c6ca', '#d5d8d0', '#a1a79e', '#8fb3b5', '#1f3638'),
      tone('#f6e4da', '#ddb9a6', '#cfc7b6', '#9f9684', '#d79a80', '#45291d'),
    ],
  },
  linen: {
    light: 'window',
    surface: 'linen',
    from: 'right',
    warmth: [1, 0.98, 0.92],
    tones: [
      tone('#ece5da', '#cfc4b4', '#e4dacb', '#bfb19d', '#c7b8a3', '#40362a'),
      tone('#d9e0e4', '#a9b8c1', '#cfd8dd', '#9fb0ba', '#8fa5b3', '#22303a'),
      tone('#e9dcd6', '#c9aea5', '#ddcac2', '#b2968c', '#b98f83', '#40261f'),
      tone('#dfe2d3', '#b3b99e', '#d3d8c4', '#a3aa8d', '#98a27d', '#2f3422'),
    ],
  },
  sideboard: {
    light: 'evening',
    surface: 'wood',
    from: 'left',
    warmth: [1, 0.92, 0.72],
    tones: [
      tone('#d9a441', '#a8701f', '#7a4a28', '#4a2813', '#e7c07a', '#2a1407'),
      tone('#3f8583', '#205453', '#8a5630', '#573218', '#79b0a8', '#1d1008'),
      tone('#c8674a', '#8c3a25', '#7d4f2e', '#4c2b15', '#e39a7c', '#2a0f07'),
      tone('#b9b48f', '#837d57', '#7f5130', '#4e2e17', '#dad6b4', '#26190b'),
    ],
  },
  papercut: {
    light: 'paper',
    surface: 'paper',
    from: 'left',
    warmth: [1, 1, 1],
    tones: [
      tone('#cfe8f5', '#a5d0e8', '#f7d9a8', '#eebd78', '#ffffff', '#51402a'),
      tone('#fbdfd3', '#f4bfa8', '#bfe0cf', '#8fc4ab', '#fff6ea', '#33443a'),
      tone('#e4dcf6', '#c3b3e6', '#fbe6b4', '#f2cd7c', '#ffffff', '#4b3b33'),
      tone('#fdf0c4', '#f7d987', '#a9d6e5', '#74b4cd', '#ffffff', '#27404b'),
    ],
  },
}

function tone(wall: string, wallEdge: string, table: string, tableEdge: string, accent: string, shadow: string): Tone {
  return { wall, wallEdge, table, tableEdge, accent, shadow }
}
