import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const kilnAndKettle: SeedShop = {
  name: 'Kiln & Kettle',
  handle: 'kiln-and-kettle',
  about:
    'Stoneware for people who take breakfast seriously. Ilse throws, glazes and fires everything in a former bakery in Leipzig; the old bread oven is now the kiln. Pieces leave the house when she has drunk from one herself and found nothing to complain about.\n\nSeconds are sold as seconds, and every pot may come back within 30 days.',
  owner: { name: 'Ilse Brandt', handle: 'ilse', email: 'ilse@example.com' },
  look: 'plaster',
  shipping: [
    { name: 'Parcel', countries: ['DE', 'AT', 'CH'], flatCents: '590', freeOverCents: '8000' },
    { name: 'Parcel abroad', flatCents: '1490' },
    { name: 'Collected in Leipzig', countries: ['DE'] },
  ],
  picture: {
    scene: 'arch',
    alt: 'A raspberry teapot with a cup and a lidded jar in a plaster niche',
    things: [
      { of: 'vase', size: 0.5, x: 0.3, y: -0.06 },
      { of: 'teapot', size: 0.46, x: 0.58, y: 0 },
      { of: 'teaCup', size: 0.26, x: 0.24, y: 0.07 },
    ],
  },
  products: [
    {
      title: 'Round-bellied teapot',
      description: text(
        'A teapot with a belly wide enough for the leaves to move about in, and a spout that does not drip: the lip is cut sharp while the clay is still leather-hard. The lid stays on when you pour the last cup. Each one is dipped in its glaze twice, which is where the depth of the colour comes from.',
        'Holds 1.1 litres, four large cups',
        'Stoneware, glazed inside and out',
        'Dishwasher safe; not for the stove',
      ),
      category: 'kitchen',
      keywords: ['teapot', 'tea', 'stoneware', 'handmade'],
      options: ['Glaze'],
      variants: [
        variant(['Raspberry'], 'KK-TEAPOT-RAS', 6400, 14),
        variant(['Moss'], 'KK-TEAPOT-MOS', 6400, 8),
        variant(['Ink'], 'KK-TEAPOT-INK', 6800, 2),
      ],
      pictures: [
        { scene: 'arch', alt: 'Raspberry teapot in a plaster niche', things: [{ of: 'teapot', size: 0.58 }] },
        {
          scene: 'table',
          tone: 2,
          alt: 'The teapot in its three glazes on a wooden table',
          things: [
            { of: 'teapot', size: 0.36, x: 0.25, y: -0.04, hue: 120, saturation: 0.55 },
            { of: 'teapot', size: 0.36, x: 0.75, y: -0.04, hue: 250, saturation: 0.6 },
            { of: 'teapot', size: 0.42, x: 0.5, y: 0.06 },
          ],
        },
      ],
    },
    {
      title: 'Slow-morning mug with saucer',
      description: text(
        'Low, wide and heavier than it looks, so that the coffee stays warm through the first three pages of the paper. The handle fits three fingers of a large hand. The pale lilac comes from a pinch of manganese in an otherwise white glaze and is never quite the same twice.',
        'Holds 320 ml',
        'Mug and saucer, stoneware',
        'Microwave and dishwasher safe',
      ),
      category: 'kitchen',
      keywords: ['mug', 'coffee', 'cup', 'saucer', 'stoneware'],
      variants: only('KK-MUG-LILAC', 2600, 32),
      pictures: [
        { scene: 'table', tone: 1, alt: 'A lilac mug of coffee on its saucer', things: [{ of: 'mug', size: 0.56 }] },
        {
          scene: 'lay',
          tone: 3,
          alt: 'Two lilac mugs on a wooden board',
          things: [
            { of: 'mug', size: 0.44, x: 0.31, y: 0.38, turn: -14 },
            { of: 'mug', size: 0.44, x: 0.69, y: 0.63, turn: 12 },
          ],
        },
      ],
    },
    {
      title: 'Porcelain tea cup on an oak tray',
      description: text(
        'A thin white cup for tea that deserves to be seen, with an oak tray that catches the bag and the drips. The porcelain is cast, the rim is finished by hand and almost sharp to the lips. The tray is oiled, not varnished, and ages with the tea.',
        'Cup 180 ml, tray 14 cm',
        'Porcelain and oiled oak',
        'Cup dishwasher safe, tray not',
      ),
      category: 'kitchen',
      keywords: ['tea', 'cup', 'porcelain', 'oak', 'tray'],
      variants: only('KK-CUP-OAK', 2900, 18, 3600),
      pictures: [
        {
          scene: 'arch',
          tone: 2,
          alt: 'A steaming white tea cup on an oak tray',
          things: [{ of: 'teaCup', size: 0.56 }],
        },
      ],
    },
    {
      title: 'Meander amphora, kiln opening no. 7',
      description: text(
        'Twice a year one firing is given to a single form. This is the seventh: an amphora after one in the museum at Paestum, thrown in three parts and painted with the meander freehand, so that no two borders meet in the same place. Twenty-four came out of the kiln whole. They go on sale all at once, one to each buyer.',
        'Height 34 cm, watertight',
        'Signed and numbered on the foot',
        'Ships in a wooden crate',
      ),
      category: 'art',
      keywords: ['vase', 'amphora', 'limited', 'drop', 'numbered'],
      variants: only('KK-AMPHORA-7', 18500, 24),
      opensInMinutes: 30,
      cap: 1,
      pictures: [
        {
          scene: 'plinth',
          tone: 0,
          alt: 'A brown amphora with a meander border on a plinth',
          things: [{ of: 'vase', size: 0.64 }],
        },
        {
          scene: 'table',
          tone: 3,
          alt: 'Three amphorae fresh from the kiln',
          things: [
            { of: 'vase', size: 0.46, x: 0.24, y: -0.05, brightness: 0.9 },
            { of: 'vase', size: 0.46, x: 0.76, y: -0.05, brightness: 1.12 },
            { of: 'vase', size: 0.52, x: 0.5, y: 0.06 },
          ],
        },
      ],
    },
    {
      title: 'Lidded jar for flour, tea or secrets',
      description: text(
        'The shape is that of the pickling jars in Ilse’s grandmother’s cellar, with a lid that seats in a groove and keeps moths out. Left bare outside, so that it feels like a warm stone, and glazed inside. Three sizes that stand inside one another for shipping and never again.',
        'Small 0.6 l, medium 1.4 l, large 3 l',
        'Unglazed outside, food-safe glaze inside',
        'Wipe clean',
      ),
      category: 'home',
      keywords: ['jar', 'storage', 'stoneware', 'lid'],
      options: ['Size'],
      variants: [
        variant(['Small'], 'KK-JAR-S', 3200, 21),
        variant(['Medium'], 'KK-JAR-M', 4400, 16),
        variant(['Large'], 'KK-JAR-L', 6200, 0),
      ],
      pictures: [
        { scene: 'table', tone: 0, alt: 'A brown lidded jar on a wooden table', things: [{ of: 'jar', size: 0.54 }] },
        {
          scene: 'arch',
          tone: 1,
          alt: 'The three sizes of the jar side by side',
          things: [
            { of: 'jar', size: 0.46, x: 0.36, y: -0.03 },
            { of: 'jar', size: 0.34, x: 0.66, y: 0.02 },
            { of: 'jar', size: 0.24, x: 0.47, y: 0.09 },
          ],
        },
      ],
    },
    {
      title: 'Cobalt porridge bowl and spoon',
      description: text(
        'Deep enough for porridge, wide enough for ramen, and blue enough for a grey Tuesday. The square-shouldered form stacks without rattling. The spoon rests on a little notch in the rim instead of sliding in.',
        '15 cm across, 750 ml',
        'Stoneware bowl, stainless steel spoon',
        'Microwave and dishwasher safe',
      ),
      category: 'kitchen',
      keywords: ['bowl', 'breakfast', 'blue', 'stoneware'],
      options: ['Set'],
      variants: [
        variant(['One'], 'KK-BOWL-1', 2400, 26),
        variant(['Two'], 'KK-BOWL-2', 4400, 12, 4800),
        variant(['Four'], 'KK-BOWL-4', 8200, 5, 9600),
      ],
      pictures: [
        { scene: 'table', tone: 3, alt: 'A cobalt blue bowl with a spoon', things: [{ of: 'bowl', size: 0.58 }] },
      ],
    },
    {
      title: 'Snow-white sake set',
      description: text(
        'A flask that pours with a small, satisfying gulp, and a cup the size of a hand’s hollow. The blue line is drawn with cobalt under the glaze while the wheel turns, in one breath. This batch is gone; the next firing is in spring.',
        'Flask 300 ml, cup 60 ml',
        'Porcelain, cobalt line under the glaze',
        'Warm it in a water bath, not on the stove',
      ),
      category: 'kitchen',
      keywords: ['sake', 'porcelain', 'flask', 'set'],
      variants: only('KK-SAKE-SET', 5400, 0),
      pictures: [
        { scene: 'arch', tone: 3, alt: 'A white sake flask and its cup', things: [{ of: 'sake', size: 0.56 }] },
      ],
    },
    {
      title: 'Lacquered chopsticks',
      description: text(
        'Turned from bamboo and lacquered seven times, with tips left rough enough to hold a single grain of rice. They come from a family workshop in Wajima that has made nothing else since 1911. Red as a letterbox, with black ends.',
        'Length 23 cm, sold as one pair',
        'Bamboo, natural urushi lacquer',
        'Wash by hand',
      ),
      category: 'kitchen',
      keywords: ['chopsticks', 'lacquer', 'bamboo', 'japan'],
      variants: only('KK-STICKS-RED', 1800, 40),
      pictures: [
        {
          scene: 'lay',
          tone: 1,
          alt: 'A pair of red lacquered chopsticks',
          things: [{ of: 'chopsticks', size: 0.62 }],
        },
      ],
    },
    {
      title: 'Fondue set for a long evening',
      description: text(
        'A raspberry-red pot, a burner that can be turned down properly, and forks you can tell apart. The base is thick, so that the cheese stays just under a simmer while people argue. The recipe of Ilse’s neighbour, a Swiss, is in the box.',
        'Pot 1.8 l, for two to six',
        'Enamelled cast iron',
        'With burner and six forks; fuel not included',
      ),
      category: 'kitchen',
      keywords: ['fondue', 'cheese', 'pot', 'dinner'],
      variants: only('KK-FONDUE', 8900, 7, 11500),
      pictures: [
        { scene: 'table', tone: 2, alt: 'A red fondue pot over its burner', things: [{ of: 'fondue', size: 0.6 }] },
      ],
    },
    {
      title: 'Two-handled iron pan',
      description: text(
        'Goes from the flame to the oven to the middle of the table, and looks best there. Spun from one sheet of iron and seasoned with linseed oil over three days, so that the first paella does not stick either. Lasts longer than its owner.',
        '28 cm for three, 34 cm for six',
        'Blue-black iron, riveted handles',
        'Any stove, oven, open fire',
      ),
      category: 'kitchen',
      keywords: ['pan', 'paella', 'iron', 'cookware'],
      options: ['Diameter'],
      variants: [variant(['28 cm'], 'KK-PAN-28', 5900, 11), variant(['34 cm'], 'KK-PAN-34', 7400, 3)],
      pictures: [
        {
          scene: 'lay',
          tone: 0,
          alt: 'Paella in a dark two-handled pan, seen from above',
          things: [{ of: 'pan', size: 0.7 }],
        },
      ],
    },
  ],
}
