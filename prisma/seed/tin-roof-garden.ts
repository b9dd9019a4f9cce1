import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const tinRoofGarden: SeedShop = {
  name: 'Tin Roof Garden',
  handle: 'tin-roof-garden',
  about:
    'A nursery on the roof of a cork warehouse in Porto: 400 square metres, four hives, one hose. Tomás grows what stands wind and salt and sells it young, because young plants move house better.\n\nPlants travel on Mondays and Tuesdays only, so that none spends a weekend in the post. What arrives tired is replaced.',
  owner: { name: 'Tomás Ferreira', handle: 'tomas', email: 'tomas@example.com' },
  look: 'greenhouse',
  picture: {
    scene: 'table',
    alt: 'A potted plant, a pot of honey and a blue bucket in leafy light',
    things: [
      { of: 'bucket', size: 0.36, x: 0.76, y: -0.05 },
      { of: 'plant', size: 0.52, x: 0.34, y: 0 },
      { of: 'honey', size: 0.27, x: 0.63, y: 0.07 },
    ],
  },
  products: [
    {
      title: 'San Pedro cactus, rooted cutting',
      description: text(
        'Three arms, well rooted, and in no hurry. It wants a bright window, a drink every third week and to be turned now and then so that it grows straight. Sent bare-root, wrapped in newspaper, because cacti prefer to travel dry.',
        '30 to 35 cm tall',
        'Plant within two weeks of arrival',
        'Hardy to 0 °C if kept dry',
      ),
      category: 'garden',
      keywords: ['cactus', 'succulent', 'plant', 'cutting'],
      variants: only('TR-CACTUS-SP', 3400, 2),
      pictures: [{ scene: 'table', tone: 1, alt: 'A three-armed green cactus', things: [{ of: 'cactus', size: 0.6 }] }],
    },
    {
      title: 'Bay laurel in terracotta',
      description: text(
        'A young bay, raised from Tomás’s own hedge, in a pot that will see it through three years. Pick a leaf whenever there is soup; it grows denser for it. Likes a place outdoors in summer and a cool stairwell in winter.',
        'Pot 12 cm: about 25 cm tall; pot 16 cm: about 40 cm',
        'With saucer',
        'Grown without peat or sprays',
      ),
      category: 'garden',
      keywords: ['bay', 'laurel', 'herb', 'potted', 'terracotta'],
      options: ['Pot'],
      variants: [variant(['12 cm'], 'TR-BAY-12', 1900, 28), variant(['16 cm'], 'TR-BAY-16', 3200, 11)],
      pictures: [
        { scene: 'table', alt: 'A young bay tree in a terracotta pot', things: [{ of: 'plant', size: 0.62 }] },
        {
          scene: 'table',
          tone: 3,
          alt: 'Three bay trees in a row',
          things: [
            { of: 'plant', size: 0.36, x: 0.22, y: -0.02 },
            { of: 'plant', size: 0.36, x: 0.78, y: -0.02, flip: true },
            { of: 'plant', size: 0.44, x: 0.5, y: 0.06 },
          ],
        },
      ],
    },
    {
      title: 'Late tulips, a dozen bulbs',
      description: text(
        'Tall stems and flowers that close at night, three weeks after everyone else’s tulips are over. The bulbs are large enough to come again for several springs if the leaves are left to die down. Plant before the ground freezes, three times as deep as the bulb is tall.',
        'Twelve bulbs, size 12+',
        'Flowers in late April, 45 cm',
        'Full sun, any soil that drains',
      ),
      category: 'garden',
      keywords: ['tulip', 'bulbs', 'spring', 'flowers'],
      options: ['Colour'],
      variants: [
        variant(['Pink'], 'TR-TULIP-PK', 1250, 40),
        variant(['Apricot'], 'TR-TULIP-AP', 1250, 24),
        variant(['Mixed'], 'TR-TULIP-MX', 1350, 17),
      ],
      pictures: [
        {
          scene: 'wall',
          tone: 0,
          alt: 'Three pink tulips',
          things: [
            { of: 'tulip', size: 0.46, x: 0.26, y: 0.47, turn: -9 },
            { of: 'tulip', size: 0.46, x: 0.74, y: 0.47, turn: 9 },
            { of: 'tulip', size: 0.54, x: 0.5, y: 0.55 },
          ],
        },
      ],
    },
    {
      title: 'Garden hyacinth ‘Blue Jacket’',
      description: text(
        'One bulb scents a room, three a staircase. These are prepared: kept cold since August, so that they flower on the windowsill at Christmas. Stand them in the dark until the shoot is a thumb long, then bring them into the light. Sold out for this winter; next year’s go on sale in July.',
        'Three prepared bulbs',
        'Flowers about ten weeks after planting',
        'Wear gloves: the bulbs itch',
      ),
      category: 'garden',
      keywords: ['hyacinth', 'bulbs', 'scent', 'christmas'],
      variants: only('TR-HYACINTH', 1100, 0),
      pictures: [
        { scene: 'wall', tone: 1, alt: 'A violet-blue hyacinth in flower', things: [{ of: 'hyacinth', size: 0.62 }] },
      ],
    },
    {
      title: 'Sunflowers, cut this morning',
      description: text(
        'Five stems, cut at six with the dew on and in the post by nine. They turn their heads on the kitchen table for ten days if you cut the ends at a slant and change the water. Bees have usually been at them first.',
        'Five stems, 60 cm',
        'Sent in damp paper, no plastic',
        'July to October',
      ),
      category: 'garden',
      keywords: ['sunflower', 'cut flowers', 'bunch'],
      variants: only('TR-SUN-5', 1700, 9),
      pictures: [
        {
          scene: 'wall',
          tone: 2,
          alt: 'A sunflower against a pale blue wall',
          things: [{ of: 'sunflower', size: 0.64 }],
        },
        {
          scene: 'lay',
          tone: 3,
          alt: 'Three sunflowers on a stone slab',
          things: [
            { of: 'sunflower', size: 0.44, x: 0.3, y: 0.4, turn: -24 },
            { of: 'sunflower', size: 0.44, x: 0.7, y: 0.42, turn: 24 },
            { of: 'sunflower', size: 0.46, x: 0.5, y: 0.6 },
          ],
        },
      ],
    },
    {
      title: 'Whatever-is-in-bloom bouquet',
      description: text(
        'You say when; the roof says what. A hand-tied bunch of what is best on the day, with one branch of something green that lasts. No two have been the same since 2019, and nobody has complained yet.',
        'About 20 stems, tied and ready for the vase',
        'Generous: for a vase of 20 cm and more',
        'A card with the names of the flowers',
      ),
      category: 'garden',
      keywords: ['bouquet', 'flowers', 'gift', 'seasonal'],
      options: ['Bunch'],
      variants: [variant(['Regular'], 'TR-BOUQUET-R', 2900, 10), variant(['Generous'], 'TR-BOUQUET-G', 4500, 5)],
      pictures: [
        { scene: 'lay', tone: 0, alt: 'A mixed bouquet in green paper', things: [{ of: 'bouquet', size: 0.66 }] },
      ],
    },
    {
      title: 'Dwarf water lily for tubs',
      description: text(
        'A lily small enough for a zinc tub on a balcony, and generous with it: pink flowers from June until the first cold nights. It comes planted in a basket of clay, so all it takes is to lower it in. Frogs find it within the month; nobody knows how.',
        'For water 15 to 40 cm deep',
        'Basket 11 cm, rhizome with leaves',
        'Full sun',
      ),
      category: 'garden',
      keywords: ['water lily', 'pond', 'lotus', 'balcony'],
      variants: only('TR-LILY', 2300, 7, 2800),
      pictures: [
        {
          scene: 'lay',
          tone: 2,
          alt: 'A pink water lily on its leaf, seen from above',
          things: [{ of: 'lily', size: 0.66 }],
        },
      ],
    },
    {
      title: 'The good bucket',
      description: text(
        'Bought as stock, sold because everybody who visits asks for it. Steel with a baked enamel coat, a handle that does not cut into the fingers, and a lip on the right side for pouring. Ours have been outside for six years.',
        '10 litres',
        'Enamelled steel, replaceable handle',
        'Repairs: send it back, we mend it',
      ),
      category: 'garden',
      keywords: ['bucket', 'enamel', 'tool', 'watering'],
      options: ['Colour'],
      variants: [
        variant(['Sky'], 'TR-BUCKET-SK', 2800, 30),
        variant(['Lagoon'], 'TR-BUCKET-LG', 2800, 14),
        variant(['Coral'], 'TR-BUCKET-CO', 2800, 9),
      ],
      pictures: [
        { scene: 'table', tone: 1, alt: 'A sky blue bucket', things: [{ of: 'bucket', size: 0.54 }] },
        {
          scene: 'table',
          tone: 0,
          alt: 'The bucket in sky, lagoon and coral',
          things: [
            { of: 'bucket', size: 0.36, x: 0.26, y: -0.04, hue: 270, saturation: 0.6 },
            { of: 'bucket', size: 0.36, x: 0.74, y: -0.04, hue: 150, saturation: 0.75 },
            { of: 'bucket', size: 0.42, x: 0.5, y: 0.06 },
          ],
        },
      ],
    },
    {
      title: 'Rooftop honey in a clay pot',
      description: text(
        'Four hives, one roof, and all the lime trees of the avenue below. Spun cold and never filtered, it sets to a cream by midwinter; stand the pot in warm water and it runs again. The pot is thrown next door and makes a good home for pencils.',
        '450 g, harvest of this July',
        'Raw honey; not for children under one year',
        'Empty pots are taken back for 2 €',
      ),
      category: 'other',
      keywords: ['honey', 'raw', 'bees', 'clay pot'],
      variants: only('TR-HONEY-450', 1450, 22),
      pictures: [
        { scene: 'table', tone: 3, alt: 'A clay pot of honey, running over', things: [{ of: 'honey', size: 0.54 }] },
        {
          scene: 'table',
          tone: 1,
          alt: 'Two pots of honey and a bee',
          things: [
            { of: 'honey', size: 0.4, x: 0.34, y: -0.01 },
            { of: 'honey', size: 0.4, x: 0.66, y: 0.05 },
            { of: 'bee', size: 0.13, x: 0.5, y: -0.42, floats: true },
          ],
        },
      ],
    },
    {
      title: 'Beeswax candle, hand-dipped',
      description: text(
        'Dipped thirty-one times in the wax of our own hives; a day’s work for forty candles. Burns for nine hours with a steady flame and smells of a church in summer. Comes with a small dish for the last of it.',
        '5 by 12 cm',
        'Pure beeswax, cotton wick',
        'Trim the wick to 5 mm',
      ),
      category: 'home',
      keywords: ['candle', 'beeswax', 'light', 'hand-dipped'],
      variants: only('TR-CANDLE', 1600, 36),
      pictures: [
        { scene: 'table', tone: 2, alt: 'A lit beeswax candle', things: [{ of: 'candle', size: 0.6 }] },
        {
          scene: 'table',
          tone: 3,
          alt: 'Three candles of different heights',
          things: [
            { of: 'candle', size: 0.5, x: 0.32, y: -0.03 },
            { of: 'candle', size: 0.38, x: 0.68, y: -0.01 },
            { of: 'candle', size: 0.3, x: 0.5, y: 0.07 },
          ],
        },
      ],
    },
  ],
}
