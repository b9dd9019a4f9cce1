import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const saffronAndSilver: SeedShop = {
  name: 'Saffron & Silver',
  handle: 'saffron-and-silver',
  about:
    'Small bright things, most of which fit in a pocket. Nadia grew up behind the counter of her uncle’s stall in Fès and now works silver at a bench in Marseille, between a window and a radio. What she does not make herself she buys from people whose workshops she has sat in.\n\nEverything comes in a box worth keeping.',
  owner: { name: 'Nadia Haddad', handle: 'nadia', email: 'nadia@example.com' },
  look: 'jewel',
  picture: {
    scene: 'plinth',
    tone: 2,
    alt: 'A lantern, a ring and a blue glass bead on a golden plinth',
    things: [
      { of: 'lantern', size: 0.46, x: 0.32, y: -0.02 },
      { of: 'eyeBead', size: 0.25, x: 0.7, y: 0 },
      { of: 'ring', size: 0.27, x: 0.53, y: 0.04 },
    ],
  },
  products: [
    {
      title: 'Aquamarine solitaire ring',
      description: text(
        'One stone, held high by four claws, so that the light gets in from below. The band is forged from a single strip of silver and rounded inside, which is what makes a ring comfortable at the end of a day. Each aquamarine is chosen by eye for the blue of shallow water.',
        'Sterling silver, aquamarine 6 mm',
        'Sizes by inner circumference in millimetres',
        'One change of size is free',
      ),
      category: 'jewellery',
      keywords: ['ring', 'silver', 'aquamarine', 'engagement'],
      options: ['Size'],
      variants: [
        variant(['50'], 'SS-RING-50', 24000, 4),
        variant(['52'], 'SS-RING-52', 24000, 6),
        variant(['54'], 'SS-RING-54', 24000, 2),
        variant(['56'], 'SS-RING-56', 24000, 0),
      ],
      pictures: [
        {
          scene: 'plinth',
          alt: 'A silver ring with a blue stone on a plum plinth',
          things: [{ of: 'ring', size: 0.54 }],
        },
        {
          scene: 'table',
          tone: 3,
          alt: 'The ring beside a loose blue stone',
          things: [
            { of: 'ring', size: 0.46, x: 0.4 },
            { of: 'gem', size: 0.22, x: 0.73, y: 0.03 },
          ],
        },
      ],
    },
    {
      title: 'Coral bead bracelet with tassel',
      description: text(
        'Peach-coloured wooden beads on a silk cord, with a tassel knotted the way prayer beads are. Light enough to forget until someone asks about it. The cord is elastic at heart and goes over the hand without a clasp.',
        'Fits wrists of 15 to 19 cm',
        'Dyed pear wood, silk',
        'Keep it dry',
      ),
      category: 'jewellery',
      keywords: ['bracelet', 'beads', 'tassel', 'coral'],
      variants: only('SS-BEADS-CORAL', 2800, 25),
      pictures: [
        {
          scene: 'lay',
          tone: 1,
          alt: 'A coral bead bracelet with a red tassel',
          things: [{ of: 'bracelet', size: 0.62 }],
        },
      ],
    },
    {
      title: 'Evil-eye glass bead',
      description: text(
        'Poured in three layers of hot glass by one of the last furnaces in Nazarköy, where olive wood still heats the oven. It is meant to look back at whoever looks at you too long. Hang it over a door, a cradle or a parking space.',
        'Small 4 cm, large 9 cm',
        'Glass with a hole for hanging, cord included',
        'Bubbles are a sign of the hand',
      ),
      category: 'jewellery',
      keywords: ['nazar', 'evil eye', 'glass', 'charm'],
      options: ['Size'],
      variants: [variant(['Small'], 'SS-NAZAR-S', 900, 40), variant(['Large'], 'SS-NAZAR-L', 1900, 22)],
      pictures: [
        {
          scene: 'table',
          tone: 2,
          alt: 'A blue glass eye bead on a golden surface',
          things: [{ of: 'eyeBead', size: 0.5 }],
        },
        {
          scene: 'lay',
          tone: 3,
          alt: 'One large and three small eye beads',
          things: [
            { of: 'eyeBead', size: 0.44, x: 0.36, y: 0.42 },
            { of: 'eyeBead', size: 0.2, x: 0.74, y: 0.3 },
            { of: 'eyeBead', size: 0.2, x: 0.8, y: 0.56 },
            { of: 'eyeBead', size: 0.2, x: 0.62, y: 0.77 },
          ],
        },
      ],
    },
    {
      title: 'Hamsa for the hallway',
      description: text(
        'An open hand in blue enamel, the size of a real one, to hang where people come in. The enamel is fired four times over copper and catches whatever light there is. It wishes you well in five directions.',
        '16 by 14 cm, 220 g',
        'Enamel on copper, hook on the back',
        'Signed by the enameller',
      ),
      category: 'home',
      keywords: ['hamsa', 'hand', 'enamel', 'wall'],
      variants: only('SS-HAMSA', 4600, 9),
      pictures: [
        { scene: 'wall', tone: 2, alt: 'A blue enamel hand on an ochre wall', things: [{ of: 'hamsa', size: 0.56 }] },
      ],
    },
    {
      title: 'Folding fan in vermilion silk',
      description: text(
        'Opens with a flick and a sound like a bird taking off. Twenty-eight ribs of dark bamboo, silk glued fold by fold, and a tassel that gives the wrist something to do. For concerts in churches, the last row of a theatre, and August.',
        'Length 22 cm closed, opens to 40 cm',
        'Silk and bamboo',
        'Comes in a cotton sleeve',
      ),
      category: 'accessories',
      keywords: ['fan', 'silk', 'bamboo', 'summer'],
      variants: only('SS-FAN-RED', 3400, 15, 3900),
      pictures: [
        { scene: 'wall', tone: 1, alt: 'An open red silk fan with a tassel', things: [{ of: 'fan', size: 0.62 }] },
      ],
    },
    {
      title: 'Kiss-lock coin purse',
      description: text(
        'The clasp closes with the click your grandmother’s did, and holds. Soft goat leather outside, a brass frame, and a lining in a colour you only see when you pay. Room for coins, two keys and a folded note.',
        '11 by 9 cm',
        'Goat leather, brass',
        'The leather darkens with use',
      ),
      category: 'accessories',
      keywords: ['purse', 'leather', 'coins', 'wallet'],
      options: ['Colour'],
      variants: [
        variant(['Cherry'], 'SS-PURSE-CH', 3200, 12),
        variant(['Olive'], 'SS-PURSE-OL', 3200, 6),
        variant(['Violet'], 'SS-PURSE-VI', 3200, 1),
      ],
      pictures: [
        {
          scene: 'plinth',
          tone: 1,
          alt: 'A cherry red coin purse with a brass clasp',
          things: [{ of: 'coinPurse', size: 0.5 }],
        },
      ],
    },
    {
      title: 'Striped paper lantern',
      description: text(
        'Mulberry paper over a spiral of bamboo, brushed with orange and red stripes by hand. It folds flat as a plate and opens in a second. With a warm bulb inside it turns a balcony into somewhere else.',
        'Medium 24 cm high, large 38 cm high',
        'For LED bulbs up to 7 W; cable not included',
        'Indoors, or outdoors under a roof',
      ),
      category: 'home',
      keywords: ['lantern', 'paper', 'lamp', 'light'],
      options: ['Size'],
      variants: [variant(['Medium'], 'SS-LANTERN-M', 2700, 19), variant(['Large'], 'SS-LANTERN-L', 3900, 8)],
      pictures: [
        { scene: 'table', tone: 1, alt: 'An orange striped paper lantern', things: [{ of: 'lantern', size: 0.6 }] },
        {
          scene: 'wall',
          tone: 3,
          alt: 'Three lanterns hanging in the dusk',
          things: [
            { of: 'lantern', size: 0.38, x: 0.22, y: 0.34 },
            { of: 'lantern', size: 0.46, x: 0.52, y: 0.56 },
            { of: 'lantern', size: 0.34, x: 0.8, y: 0.3 },
          ],
        },
      ],
    },
    {
      title: 'Festival oil lamp',
      description: text(
        'A palm-sized clay lamp, glazed orange and dotted with gold by three sisters in Jaipur. Fill it with ghee or any oil, lay in a cotton wick, and it burns for about four hours. The last ones of this autumn’s firing.',
        '10 cm long',
        'Glazed terracotta, six cotton wicks included',
        'Never leave a flame alone',
      ),
      category: 'home',
      keywords: ['diya', 'oil lamp', 'festival', 'light'],
      variants: only('SS-DIYA', 1600, 3),
      pictures: [
        {
          scene: 'lay',
          tone: 3,
          alt: 'A lit clay oil lamp with golden dots',
          things: [{ of: 'oilLamp', size: 0.52 }],
        },
      ],
    },
    {
      title: 'Blue topaz, loose, brilliant cut',
      description: text(
        'A stone for someone who already knows what to do with it. 4.2 carats, cut in Idar-Oberstein, clean to the eye and of an even blue from edge to edge. Only this one.',
        '9.1 mm, 4.2 ct',
        'Irradiated, as all topaz of this blue is',
        'With the cutter’s certificate',
      ),
      category: 'jewellery',
      keywords: ['topaz', 'gem', 'stone', 'loose'],
      variants: only('SS-TOPAZ-42', 31000, 1, 36000),
      pictures: [
        {
          scene: 'plinth',
          tone: 3,
          alt: 'A brilliant-cut blue stone on a dark plinth',
          things: [{ of: 'gem', size: 0.48 }],
        },
      ],
    },
    {
      title: 'Rock-crystal studs, one pair',
      description: text(
        'Two small stones that go with everything because they take the colour of whatever is near. Set in silver cups that are open at the back. Nadia has worn hers for eleven years and only takes them off for X-rays.',
        '5 mm, sterling silver posts',
        'Rock crystal from the Alps',
        'Sold as a pair, with two spare backs',
      ),
      category: 'jewellery',
      keywords: ['earrings', 'studs', 'crystal', 'silver'],
      variants: only('SS-STUDS', 5200, 13),
      pictures: [
        {
          scene: 'lay',
          alt: 'Two pale cut stones side by side',
          things: [
            { of: 'gem', size: 0.32, x: 0.31, y: 0.48, saturation: 0.18, brightness: 1.12 },
            { of: 'gem', size: 0.32, x: 0.69, y: 0.52, saturation: 0.18, brightness: 1.12 },
          ],
        },
      ],
    },
  ],
}
