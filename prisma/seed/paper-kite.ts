import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const paperKite: SeedShop = {
  name: 'Paper Kite',
  handle: 'paper-kite',
  about:
    'Toys, paper and paint for people between two and ninety-two. Yuki used to design bridges; she now designs things that fall over interestingly. The workshop in Utrecht has a test department of eleven children from the school opposite, who are paid in biscuits and are merciless.\n\nSpare parts for everything, for ever.',
  owner: { name: 'Yuki Tanaka', handle: 'yuki', email: 'yuki@example.com' },
  look: 'papercut',
  shipping: [
    { name: 'Letter', flatCents: '190', perItemCents: '60' },
    { name: 'Tracked letter', flatCents: '420', perItemCents: '60' },
  ],
  picture: {
    scene: 'table',
    tone: 3,
    alt: 'A teddy bear, a steam engine and a red balloon',
    things: [
      { of: 'balloon', size: 0.3, x: 0.78, y: -0.3, floats: true },
      { of: 'bear', size: 0.46, x: 0.36, y: 0 },
      { of: 'steamEngine', size: 0.32, x: 0.7, y: 0.06 },
    ],
  },
  products: [
    {
      title: 'A bear called Bruno',
      description: text(
        'Jointed at the neck, the arms and the legs, and stuffed firmly enough to sit up and listen. The fur is mohair, the pads are felt, and the expression is different on each because the stitches are. Has survived the washing machine, although he does not recommend it.',
        'Pocket 16 cm, lap 32 cm',
        'Mohair, wool felt, wood wool',
        'Safe from birth: eyes are stitched',
      ),
      category: 'toys',
      keywords: ['teddy', 'bear', 'plush', 'gift'],
      options: ['Size'],
      variants: [variant(['Pocket'], 'PK-BEAR-16', 2900, 23), variant(['Lap'], 'PK-BEAR-32', 5600, 12)],
      pictures: [
        { scene: 'table', alt: 'A sitting teddy bear', things: [{ of: 'bear', size: 0.6 }] },
        {
          scene: 'table',
          tone: 1,
          alt: 'A large bear with a small one',
          things: [
            { of: 'bear', size: 0.54, x: 0.4, y: -0.02 },
            { of: 'bear', size: 0.3, x: 0.74, y: 0.06 },
          ],
        },
      ],
    },
    {
      title: 'Diamond kite with a bow tail',
      description: text(
        'Four colours, two sticks, and a tail of three bows without which it would be no kite at all. It rises in a breeze that barely moves leaves, and packs into a tube. The first flight should be somebody’s first flight.',
        '70 by 80 cm, from wind force 2',
        'Ripstop, ash rods, 40 m of line on a reel',
        'Tail can be shortened for strong wind',
      ),
      category: 'toys',
      keywords: ['kite', 'outdoor', 'wind', 'children'],
      variants: only('PK-KITE-D', 2400, 19),
      pictures: [
        { scene: 'wall', alt: 'A colourful diamond kite among paper clouds', things: [{ of: 'kite', size: 0.64 }] },
      ],
    },
    {
      title: 'Sleeper yo-yo',
      description: text(
        'Turned from maple and lacquered, with a steel axle and a ball bearing the size of a lentil, which is why it sleeps for a minute. The string is cotton and comes with four spares. A sheet with seven tricks is in the box; the eighth you will find.',
        '56 mm, 62 g',
        'Maple, steel bearing',
        'From 8 years',
      ),
      category: 'toys',
      keywords: ['yoyo', 'maple', 'trick', 'toy'],
      options: ['Colour'],
      variants: [variant(['Violet'], 'PK-YOYO-VI', 1600, 17), variant(['Teal'], 'PK-YOYO-TE', 1600, 13)],
      pictures: [
        { scene: 'wall', tone: 3, alt: 'A violet yo-yo with its string', things: [{ of: 'yoyo', size: 0.52 }] },
      ],
    },
    {
      title: 'Giant floor puzzle',
      description: text(
        'Twenty-four pieces as large as a slice of bread, cut from lime wood and stained so that the grain shows. There is no picture: the colours tell you. Children do it in ten minutes, grown-ups in twenty, because they look for the corners.',
        '90 by 60 cm when done',
        'Lime wood, water-based stain',
        'From 2 years, in a cotton sack',
      ),
      category: 'toys',
      keywords: ['puzzle', 'wood', 'floor', 'children'],
      variants: only('PK-PUZZLE-24', 3900, 10, 4500),
      pictures: [
        {
          scene: 'lay',
          tone: 2,
          alt: 'Four large wooden puzzle pieces in different colours',
          things: [
            { of: 'puzzle', size: 0.36, x: 0.3, y: 0.3 },
            { of: 'puzzle', size: 0.36, x: 0.7, y: 0.34, hue: 120, turn: 24 },
            { of: 'puzzle', size: 0.36, x: 0.33, y: 0.7, hue: 240, turn: -16 },
            { of: 'puzzle', size: 0.36, x: 0.71, y: 0.72, hue: 290, turn: 8 },
          ],
        },
      ],
    },
    {
      title: 'Nesting doll, a family of five',
      description: text(
        'Five sisters, the smallest no bigger than a bean, each with a different secret painted on her back. Turned from one piece of lime, so that the lids close with the grain. The paint is egg tempera under seven coats of lacquer.',
        '14 cm, five dolls',
        'Lime wood, tempera',
        'Small parts: from 3 years',
      ),
      category: 'toys',
      keywords: ['matryoshka', 'nesting doll', 'wood'],
      variants: only('PK-DOLL-5', 4200, 8),
      pictures: [
        { scene: 'table', tone: 2, alt: 'A red nesting doll', things: [{ of: 'matryoshka', size: 0.58 }] },
        {
          scene: 'table',
          tone: 1,
          alt: 'Four nesting dolls in a row by size',
          things: [
            { of: 'matryoshka', size: 0.46, x: 0.22 },
            { of: 'matryoshka', size: 0.36, x: 0.47, y: 0.01 },
            { of: 'matryoshka', size: 0.27, x: 0.67, y: 0.02 },
            { of: 'matryoshka', size: 0.19, x: 0.83, y: 0.03 },
          ],
        },
      ],
    },
    {
      title: 'Little steam engine, edition of twenty',
      description: text(
        'Red wheels, a brass bell and a boiler turned on a lathe from 1926. It does not run on steam but on a push, and rolls for the length of a corridor. Twenty were made and numbered under the cab; one to a household, so that they get about.',
        '22 cm long, 900 g',
        'Beech, steel and brass',
        'Numbered 1 to 20',
      ),
      category: 'toys',
      keywords: ['train', 'engine', 'limited', 'numbered'],
      variants: only('PK-ENGINE-20', 12800, 9),
      cap: 1,
      pictures: [
        {
          scene: 'table',
          tone: 3,
          alt: 'A dark toy steam engine with red wheels',
          things: [{ of: 'steamEngine', size: 0.6 }],
        },
        {
          scene: 'table',
          tone: 0,
          alt: 'The engine from the other side',
          things: [{ of: 'steamEngine', size: 0.5, x: 0.54, flip: true }],
        },
      ],
    },
    {
      title: 'Counting frame',
      description: text(
        'Twenty beads on four wires: for learning to count, and later for keeping score. The frame is rounded where it is chewed. Yuki’s grandmother ran a fish shop with one and was never out by a yen.',
        '28 by 22 cm',
        'Beech, water-based colours',
        'From 18 months',
      ),
      category: 'toys',
      keywords: ['abacus', 'counting', 'wood', 'learning'],
      variants: only('PK-ABACUS', 2600, 15),
      pictures: [
        { scene: 'table', tone: 1, alt: 'An abacus with coloured beads', things: [{ of: 'abacus', size: 0.56 }] },
      ],
    },
    {
      title: 'Three novels, chosen for you',
      description: text(
        'Tell us the last book you loved, and Yuki’s brother, who has read everything, picks three you will not know. They come tied with string, each with a slip that says why. What you have read already you may send back.',
        'Three paperbacks in English',
        'New, wrapped separately',
        'Say what you loved in the order’s note',
      ),
      category: 'books',
      keywords: ['books', 'novels', 'reading', 'gift'],
      options: ['Mood'],
      variants: [
        variant(['Sea air'], 'PK-BOOKS-SEA', 3600, 12),
        variant(['A good murder'], 'PK-BOOKS-MUR', 3600, 18),
        variant(['Hope'], 'PK-BOOKS-HOP', 3600, 5),
      ],
      pictures: [
        { scene: 'lay', alt: 'Three books, green, red and blue', things: [{ of: 'books', size: 0.62 }] },
        {
          scene: 'lay',
          tone: 3,
          alt: 'Three books laid out',
          things: [
            { of: 'orangeBook', size: 0.44, x: 0.28, y: 0.46, turn: -10 },
            { of: 'greenBook', size: 0.44, x: 0.72, y: 0.46, turn: 10 },
            { of: 'blueBook', size: 0.46, x: 0.5, y: 0.55 },
          ],
        },
      ],
    },
    {
      title: 'Pocket notebook with elastic',
      description: text(
        'Paper that takes fountain pen without a ghost on the other side, sewn so that it lies flat at every page. The elastic outlasts the paper. There is a pocket at the back for tickets, leaves and receipts that you will find in ten years.',
        '9 by 14 cm, 192 pages, dotted',
        'Paper 100 g, thread-sewn',
        'Cover of aubergine cloth',
      ),
      category: 'books',
      keywords: ['notebook', 'paper', 'journal', 'stationery'],
      variants: only('PK-NOTE-DOT', 1450, 40),
      pictures: [
        {
          scene: 'lay',
          tone: 1,
          alt: 'An aubergine notebook with an elastic band',
          things: [{ of: 'notebook', size: 0.56, turn: -8 }],
        },
      ],
    },
    {
      title: 'Four watercolours and a brush',
      description: text(
        'Four pans from which nearly everything can be mixed, on a palette cut to sit on a thumb. The brush comes to a point and holds enough water for a sky. Yuki’s advice: paint small, paint often, and give the results away.',
        'Palette 21 cm, four refillable half pans',
        'Birch, natural pigments',
        'Round brush, size 8, synthetic sable',
      ),
      category: 'art',
      keywords: ['watercolour', 'paint', 'palette', 'brush'],
      variants: only('PK-PAINT-4', 3300, 11, 3800),
      pictures: [
        { scene: 'lay', alt: 'A painter’s palette with four colours', things: [{ of: 'palette', size: 0.6 }] },
        {
          scene: 'lay',
          tone: 2,
          alt: 'The palette with its brush',
          things: [
            { of: 'palette', size: 0.5, x: 0.4, y: 0.44, turn: -12 },
            { of: 'brush', size: 0.4, x: 0.72, y: 0.66 },
          ],
        },
      ],
    },
  ],
}
