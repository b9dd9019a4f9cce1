import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const woolAndWeather: SeedShop = {
  name: 'Wool & Weather',
  handle: 'wool-and-weather',
  about:
    'Clothes for places where it rains sideways. Maeve runs three looms and a cutting table in a former lifeboat station in Donegal, and buys her fleece from farms she can see from the door.\n\nNothing here is made for a season. If a seam gives way, she would rather mend it than hear that you threw it out.',
  owner: { name: 'Maeve Kinsella', handle: 'maeve', email: 'maeve@example.com' },
  look: 'linen',
  shipping: [{ name: 'Parcel', flatCents: '650', freeOverCents: '10000' }],
  picture: {
    scene: 'lay',
    tone: 1,
    alt: 'A red scarf, heather gloves and a ball of blue yarn on grey cloth',
    things: [
      { of: 'scarf', size: 0.52, x: 0.36, y: 0.4 },
      { of: 'gloves', size: 0.36, x: 0.72, y: 0.6, turn: 10 },
      { of: 'yarn', size: 0.28, x: 0.36, y: 0.8 },
    ],
  },
  products: [
    {
      title: 'Lambswool scarf with fringe',
      description: text(
        'Woven on the old Hattersley loom at a pace of four an hour, then washed in soft water until it blooms. Long enough to go round twice and tuck in. The colour is mixed in the fleece, before spinning, which is why it glows rather than shines.',
        '28 by 190 cm',
        'Pure lambswool',
        'Wash cold by hand, dry flat',
      ),
      category: 'clothing',
      keywords: ['scarf', 'wool', 'lambswool', 'winter'],
      options: ['Colour'],
      variants: [
        variant(['Ember'], 'WW-SCARF-EM', 5800, 16),
        variant(['Pine'], 'WW-SCARF-PI', 5800, 9),
        variant(['Harbour'], 'WW-SCARF-HA', 5800, 3),
      ],
      pictures: [
        {
          scene: 'lay',
          tone: 0,
          alt: 'A red lambswool scarf on oat-coloured cloth',
          things: [{ of: 'scarf', size: 0.64 }],
        },
        {
          scene: 'lay',
          tone: 1,
          alt: 'The scarf in pine and harbour',
          things: [
            { of: 'scarf', size: 0.46, x: 0.32, y: 0.38, hue: 150, saturation: 0.5 },
            { of: 'scarf', size: 0.46, x: 0.68, y: 0.64, hue: 225, saturation: 0.6 },
          ],
        },
      ],
    },
    {
      title: 'Heather gloves',
      description: text(
        'Knitted in the round, so there is no seam between the fingers to feel on a bicycle. The purple is that of the hill behind the house in August. Cuffs long enough to reach under a sleeve.',
        'Small 17–19, medium 19–21, large 21–23 cm around the palm',
        'Merino with a thread of silk',
        'Machine wash on wool',
      ),
      category: 'accessories',
      keywords: ['gloves', 'merino', 'winter', 'knit'],
      options: ['Size'],
      variants: [
        variant(['Small'], 'WW-GLOVE-S', 3600, 8),
        variant(['Medium'], 'WW-GLOVE-M', 3600, 0),
        variant(['Large'], 'WW-GLOVE-L', 3600, 11),
      ],
      pictures: [
        { scene: 'lay', tone: 3, alt: 'A pair of purple knitted gloves', things: [{ of: 'gloves', size: 0.58 }] },
      ],
    },
    {
      title: 'The pier coat',
      description: text(
        'Cut long, because the wind comes from below as well. Double-faced camel cloth from a mill in Yorkshire, horn buttons, and pockets lined with moleskin where your hands will be from October to April. Room for a jumper underneath.',
        'Wool and camel hair, unlined',
        'True to size over a jumper',
        'Dry-clean; brush after wear',
      ),
      category: 'clothing',
      keywords: ['coat', 'wool', 'camel', 'winter'],
      options: ['Size'],
      variants: [
        variant(['XS'], 'WW-COAT-XS', 32000, 3, 38000),
        variant(['S'], 'WW-COAT-S', 32000, 6, 38000),
        variant(['M'], 'WW-COAT-M', 32000, 7, 38000),
        variant(['L'], 'WW-COAT-L', 32000, 5, 38000),
        variant(['XL'], 'WW-COAT-XL', 32000, 1, 38000),
      ],
      pictures: [
        { scene: 'wall', tone: 1, alt: 'A camel coat with a broad collar', things: [{ of: 'coat', size: 0.7 }] },
        {
          scene: 'wall',
          tone: 0,
          alt: 'Collar and buttons of the coat, close',
          things: [{ of: 'coat', size: 1.1, y: 0.64 }],
        },
      ],
    },
    {
      title: 'Boot socks, two-tone',
      description: text(
        'Thick at the heel, thin at the instep, and tight at the calf, so that they stay where they are inside a wellington. Green with blue ends, since the wool left over from one is enough for the other. Guaranteed against holes for two years.',
        'Wool, a little nylon at heel and toe',
        'Sizes 36–39, 40–43, 44–47',
        'Machine wash at 40 °C',
      ),
      category: 'clothing',
      keywords: ['socks', 'wool', 'boots', 'hiking'],
      options: ['Size'],
      variants: [
        variant(['36–39'], 'WW-SOCK-36', 1900, 34),
        variant(['40–43'], 'WW-SOCK-40', 1900, 27),
        variant(['44–47'], 'WW-SOCK-44', 1900, 12),
      ],
      pictures: [
        {
          scene: 'lay',
          tone: 2,
          alt: 'A pair of green socks with blue toes',
          things: [{ of: 'socks', size: 0.6, saturation: 0.7 }],
        },
      ],
    },
    {
      title: 'Straw hat with a red ribbon',
      description: text(
        'For the eleven days a year when it is needed, and for wherever you go instead. Plaited from wheat straw in one continuous spiral and blocked by hand. The ribbon is only tied: change it for another when you like.',
        'Brim 9 cm, inner band adjustable 55–59 cm',
        'Wheat straw, cotton ribbon',
        'Steam it back into shape',
      ),
      category: 'accessories',
      keywords: ['hat', 'straw', 'summer', 'sun'],
      variants: only('WW-HAT-STRAW', 4400, 13, 5200),
      pictures: [{ scene: 'lay', tone: 0, alt: 'A straw hat with a red bow', things: [{ of: 'sunHat', size: 0.68 }] }],
    },
    {
      title: 'Storm umbrella',
      description: text(
        'Eight fibreglass ribs that turn inside out and back without complaint. The crook is steamed beech, long enough to hang on a forearm while you look for the key. Tested on the pier, by being left there.',
        'Span 104 cm, length 88 cm',
        'Beech handle, recycled polyester canopy',
        'New ribs for life',
      ),
      category: 'accessories',
      keywords: ['umbrella', 'rain', 'storm'],
      options: ['Colour'],
      variants: [variant(['Violet'], 'WW-UMB-VI', 5400, 2), variant(['Bottle green'], 'WW-UMB-GR', 5400, 1)],
      pictures: [
        { scene: 'wall', tone: 3, alt: 'A violet umbrella, open', things: [{ of: 'umbrella', size: 0.62 }] },
        {
          scene: 'wall',
          tone: 1,
          alt: 'The umbrella in violet and bottle green',
          things: [
            { of: 'umbrella', size: 0.46, x: 0.3, y: 0.4, turn: -8 },
            { of: 'umbrella', size: 0.46, x: 0.69, y: 0.6, turn: 8, hue: 245, saturation: 0.7 },
          ],
        },
      ],
    },
    {
      title: 'Harbour yarn, four-ply',
      description: text(
        'Spun a little harder than usual, so that stitches stay crisp and elbows last. One ball makes a hat; seven make the jumper you have been meaning to knit. Dyed in small pots: buy enough of one lot.',
        '100 g, 380 m, needles 3–3.5 mm',
        'Pure Irish wool, undyed core',
        'The lot number is on the band',
      ),
      category: 'art',
      keywords: ['yarn', 'wool', 'knitting', 'craft'],
      options: ['Colour'],
      variants: [
        variant(['Harbour'], 'WW-YARN-HA', 1350, 38),
        variant(['Moss'], 'WW-YARN-MO', 1350, 21),
        variant(['Rust'], 'WW-YARN-RU', 1350, 15),
      ],
      pictures: [
        { scene: 'lay', tone: 1, alt: 'A ball of blue yarn with needles', things: [{ of: 'yarn', size: 0.58 }] },
        {
          scene: 'lay',
          tone: 0,
          alt: 'Balls of yarn in three colours',
          things: [
            { of: 'yarn', size: 0.38, x: 0.3, y: 0.33 },
            { of: 'yarn', size: 0.38, x: 0.7, y: 0.4, hue: 195, saturation: 0.85 },
            { of: 'yarn', size: 0.38, x: 0.46, y: 0.71, hue: 110, saturation: 0.8 },
          ],
        },
      ],
    },
    {
      title: 'Hill boots',
      description: text(
        'Made by a bootmaker in Asolo on a last that is kind to broad feet. One piece of leather, turned inside and waxed, with a sole that can be replaced twice. They hurt for a week and then for ten years they do not.',
        'Nubuck 2.6 mm, leather-lined',
        'European sizes; between two, take the larger',
        'Wax included',
      ),
      category: 'clothing',
      keywords: ['boots', 'hiking', 'leather', 'shoes'],
      options: ['Size'],
      variants: [38, 39, 40, 41, 42, 43, 44].map((size, index) =>
        variant([String(size)], `WW-BOOT-${size}`, 18900, [2, 5, 4, 6, 8, 3, 0][index] ?? 0),
      ),
      pictures: [
        { scene: 'table', tone: 3, alt: 'A tan leather hiking boot', things: [{ of: 'boots', size: 0.54 }] },
        {
          scene: 'table',
          tone: 0,
          alt: 'A pair of hiking boots',
          things: [
            { of: 'boots', size: 0.44, x: 0.6, y: -0.05 },
            { of: 'boots', size: 0.46, x: 0.42, y: 0.05 },
          ],
        },
      ],
    },
    {
      title: 'Ferry bag, two leathers',
      description: text(
        'A day bag with a flat bottom, so that it stands by itself on a wet deck. Pale leather above, dark below, where it gets dirty anyway. Saddle-stitched with two needles: if one thread breaks, the other holds.',
        '32 by 24 by 14 cm',
        'Vegetable-tanned leather, linen thread',
        'Two left; the next take eight weeks',
      ),
      category: 'accessories',
      keywords: ['bag', 'leather', 'handbag'],
      variants: only('WW-BAG-FERRY', 21000, 2),
      pictures: [
        { scene: 'table', tone: 2, alt: 'A cream and brown leather bag', things: [{ of: 'bag', size: 0.58 }] },
      ],
    },
    {
      title: 'Mending kit in a tin',
      description: text(
        'Everything for a Sunday evening of darning: linen thread, four needles, a thimble and a card that shows three stitches well enough to learn them. The thread is strong enough for sails, since that is what it was spun for.',
        'Thread 80 m, in blue',
        'Needles for wool, cotton and leather',
        'Tin 9 by 6 cm',
      ),
      category: 'art',
      keywords: ['mending', 'sewing', 'thread', 'needle'],
      variants: only('WW-MEND', 1700, 20),
      pictures: [
        { scene: 'lay', tone: 3, alt: 'A spool of blue thread with a needle', things: [{ of: 'thread', size: 0.58 }] },
      ],
    },
  ],
}
