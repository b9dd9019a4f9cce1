import { only, text, variant } from './shorthand.ts'
import type { SeedShop } from './types.ts'

export const secondLight: SeedShop = {
  name: 'Second Light',
  handle: 'second-light',
  about:
    'Things with a past and some decades left in them. Henrik spent twenty years repairing studio equipment for Norwegian radio; now he buys from estates, opens everything up, and sells it working. What he changed inside is written on a card that comes along.\n\nMost pieces exist once. When it is gone, it is gone.',
  owner: { name: 'Henrik Solberg', handle: 'henrik', email: 'henrik@example.com' },
  look: 'sideboard',
  picture: {
    scene: 'table',
    tone: 1,
    alt: 'A radio, a camera and a red telephone on a sideboard',
    things: [
      { of: 'radio', size: 0.44, x: 0.36, y: -0.05 },
      { of: 'telephone', size: 0.34, x: 0.72, y: 0 },
      { of: 'camera', size: 0.28, x: 0.42, y: 0.08 },
    ],
  },
  products: [
    {
      title: 'Rangefinder camera, 1958',
      description: text(
        'A camera that belonged to a surveyor in Bergen, with the dent to prove it. Shutter timed and correct to a third of a stop, rangefinder cleaned and aligned, new light seals. The lens is clear, with two faint wipe marks that no photograph has ever shown.',
        '35 mm film, 50 mm f/2.8',
        'Serviced this spring, one year’s guarantee',
        'With leather case and a roll of film',
      ),
      category: 'vintage',
      condition: 'good',
      keywords: ['camera', 'film', 'rangefinder', '35mm', 'analogue'],
      variants: only('SL-CAM-58', 28500, 1),
      pictures: [
        { scene: 'table', tone: 1, alt: 'A silver and black film camera', things: [{ of: 'camera', size: 0.6 }] },
        {
          scene: 'lay',
          tone: 3,
          alt: 'The lens of the camera, close',
          things: [{ of: 'camera', size: 1.05, y: 0.5, turn: -6 }],
        },
      ],
    },
    {
      title: 'Kitchen radio with a long aerial',
      description: text(
        'Built to stand beside a stove for thirty years, which it did. New capacitors, a cleaned tuner and a mains lead that is no longer frightening. Voices sound on it the way they do in a room, and the little window still lights up blue.',
        'FM and medium wave',
        'Mains or six C cells',
        'Some yellowing of the grille',
      ),
      category: 'vintage',
      condition: 'good',
      keywords: ['radio', 'transistor', 'fm', 'retro'],
      variants: only('SL-RADIO-K', 11900, 2),
      pictures: [
        {
          scene: 'table',
          tone: 0,
          alt: 'A grey portable radio with its aerial out',
          things: [{ of: 'radio', size: 0.64 }],
        },
      ],
    },
    {
      title: 'Red push-button telephone, 1974',
      description: text(
        'It rings with a bell, and the neighbours will know. The handset weighs as much as a good argument. Henrik has put in a small converter, so that it works on today’s router sockets as well as the old ones.',
        'Works on any analogue line or router port',
        'Cord 2 m, coiled',
        'Polished; no cracks',
      ),
      category: 'vintage',
      condition: 'like_new',
      keywords: ['telephone', 'phone', 'red', '1970s'],
      variants: only('SL-TEL-RED', 8900, 3),
      pictures: [
        { scene: 'table', tone: 3, alt: 'A red push-button telephone', things: [{ of: 'telephone', size: 0.58 }] },
        {
          scene: 'table',
          tone: 1,
          alt: 'The telephone from the other side',
          things: [{ of: 'telephone', size: 0.5, x: 0.46, flip: true }],
        },
      ],
    },
    {
      title: 'Portable television with rabbit ears',
      description: text(
        'The first television of a family in Tromsø, carried from room to room for the moon landing. The tube is strong and the picture sharp to the corners. It takes an old games console or a video recorder; broadcasts it remembers are no longer sent.',
        '12-inch tube, black and white',
        'Aerial and composite input (added)',
        'One foot replaced',
      ),
      category: 'vintage',
      condition: 'fair',
      keywords: ['television', 'tv', 'crt', 'retro'],
      variants: only('SL-TV-12', 14500, 0),
      pictures: [
        {
          scene: 'table',
          tone: 2,
          alt: 'A small television with rabbit-ear aerials',
          things: [{ of: 'television', size: 0.62 }],
        },
      ],
    },
    {
      title: 'Super 8 projector',
      description: text(
        'Bring down the box from the attic: this shows what is in it. New belt, new lamp, and a film path cleaned until it squeaked. Runs forwards, backwards and one frame at a time, with the sound everybody imitates.',
        'Super 8 and Normal 8, reels to 120 m',
        'Two lamps, one in use and one spare',
        'Threads by itself, mostly',
      ),
      category: 'electronics',
      condition: 'good',
      keywords: ['projector', 'super 8', 'film', 'cinema'],
      variants: only('SL-PROJ-8', 19800, 1, 23500),
      pictures: [
        { scene: 'table', tone: 0, alt: 'A film projector with two reels', things: [{ of: 'projector', size: 0.62 }] },
      ],
    },
    {
      title: 'Walnut mantel clock',
      description: text(
        'Eight days on one winding, and a tick that you stop hearing after a week and miss when it stops. The movement has been taken apart, cleaned and oiled. It strikes the hours, but there is a lever for that.',
        '26 cm high, 24 cm wide',
        'Walnut case, German movement, about 1935',
        'Loses a minute a week',
      ),
      category: 'home',
      condition: 'good',
      keywords: ['clock', 'mantel', 'walnut', 'antique'],
      variants: only('SL-CLOCK-W', 16500, 1),
      pictures: [
        { scene: 'table', tone: 1, alt: 'A rounded walnut mantel clock', things: [{ of: 'clock', size: 0.58 }] },
        {
          scene: 'table',
          tone: 3,
          alt: 'The dial of the clock, close',
          things: [{ of: 'clock', size: 0.94, y: 0.16 }],
        },
      ],
    },
    {
      title: 'Red electric guitar, short scale',
      description: text(
        'A catalogue guitar from 1966 that turned out better than it had to. Frets dressed, pickups rewound, the wiring done again with cloth-covered cable. Light, loud, and kind to small hands. The wear on the back is from a belt buckle in Trondheim.',
        'Scale 57 cm, two single coils',
        'New strings, set up low',
        'With gig bag',
      ),
      category: 'vintage',
      condition: 'good',
      keywords: ['guitar', 'electric', 'music', '1960s'],
      variants: only('SL-GTR-66', 42000, 1),
      pictures: [
        {
          scene: 'wall',
          tone: 0,
          alt: 'A red electric guitar on a mustard wall',
          things: [{ of: 'guitar', size: 0.74 }],
        },
        {
          scene: 'wall',
          tone: 1,
          alt: 'The body of the guitar, close',
          things: [{ of: 'guitar', size: 1.05, x: 0.62, y: 0.38 }],
        },
      ],
    },
    {
      title: 'Brass pocket compass',
      description: text(
        'Made for the merchant navy, found in a drawer of forty that had never been issued. The needle settles in two seconds and the lid shuts with a good sound. Engraving of up to twelve letters is included; write them in the note.',
        '5.5 cm across, 120 g',
        'Brass, mineral glass',
        'Unused old stock',
      ),
      category: 'accessories',
      condition: 'like_new',
      keywords: ['compass', 'brass', 'navy', 'hiking'],
      options: ['Lid'],
      variants: [variant(['Plain'], 'SL-COMP-P', 5900, 18), variant(['Engraved'], 'SL-COMP-E', 7400, 10)],
      pictures: [
        { scene: 'lay', tone: 0, alt: 'A brass compass with a ring', things: [{ of: 'compass', size: 0.56 }] },
      ],
    },
    {
      title: 'Studio headphones, rebuilt',
      description: text(
        'Forty pairs came out of a closed radio station; these are the ones worth saving. New pads, new cables, drivers matched by ear and by meter. They tell the truth, which is not always what one wants from headphones, but it is what they are for.',
        '80 ohms, closed, cable 3 m',
        'Plug 3.5 mm with adapter',
        'Two years’ guarantee',
      ),
      category: 'electronics',
      condition: 'like_new',
      keywords: ['headphones', 'studio', 'audio', 'music'],
      options: ['Cable'],
      variants: [variant(['Straight'], 'SL-HEAD-ST', 9800, 8), variant(['Coiled'], 'SL-HEAD-CO', 10400, 5)],
      pictures: [
        { scene: 'table', tone: 2, alt: 'A pair of silver headphones', things: [{ of: 'headphones', size: 0.56 }] },
      ],
    },
    {
      title: 'Schoolroom chair, beech',
      description: text(
        'From a village school that had more chairs than children. Steamed beech, brass screws, and a curve in the back that somebody thought about. Sanded lightly, so that the carvings of three generations can still be felt underneath.',
        'Seat height 45 cm',
        'Beech, oiled dark',
        'Priced each; a few more than one may like',
      ),
      category: 'home',
      condition: 'good',
      keywords: ['chair', 'beech', 'school', 'furniture'],
      variants: only('SL-CHAIR-B', 7800, 14, 9500),
      pictures: [
        { scene: 'table', tone: 0, alt: 'A dark wooden chair', things: [{ of: 'chair', size: 0.68 }] },
        {
          scene: 'table',
          tone: 3,
          alt: 'Two wooden chairs side by side',
          things: [
            { of: 'chair', size: 0.54, x: 0.32, y: -0.02 },
            { of: 'chair', size: 0.56, x: 0.68, y: 0.04, flip: true },
          ],
        },
      ],
    },
  ],
}
