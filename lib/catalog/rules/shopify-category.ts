/** Our category for a word that shops use as Type or Tag, in lower case and without its plural. */
const CATEGORIES = {
  indoor: 'home',
  home: 'home',
  furniture: 'home',
  decor: 'home',
  lighting: 'home',
  bedding: 'home',
  kitchen: 'kitchen',
  cookware: 'kitchen',
  tableware: 'kitchen',
  outdoor: 'garden',
  garden: 'garden',
  plant: 'garden',
  bracelet: 'jewellery',
  necklace: 'jewellery',
  earring: 'jewellery',
  ring: 'jewellery',
  pendant: 'jewellery',
  jewelry: 'jewellery',
  jewelery: 'jewellery',
  jewellery: 'jewellery',
  men: 'clothing',
  women: 'clothing',
  shirt: 'clothing',
  tshirt: 'clothing',
  dress: 'clothing',
  jacket: 'clothing',
  shoe: 'clothing',
  clothing: 'clothing',
  apparel: 'clothing',
  bag: 'accessories',
  belt: 'accessories',
  accessory: 'accessories',
  accessorie: 'accessories',
  art: 'art',
  print: 'art',
  poster: 'art',
  toy: 'toys',
  game: 'toys',
  book: 'books',
  electronic: 'electronics',
  vintage: 'vintage',
}

// A map and not the object itself: a tag may well be called "constructor".
const CATEGORY_OF: ReadonlyMap<string, string> = new Map(Object.entries(CATEGORIES))

/** Our category for a product's Type or, where that says nothing, the first of its tags that does; null when none does. */
export function categoryOf(type: string, tags: readonly string[]): string | null {
  for (const word of [type, ...tags]) {
    const known = CATEGORY_OF.get(singular(word))
    if (known) return known
  }
  return null
}

function singular(word: string): string {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '')
  return CATEGORY_OF.has(plain) ? plain : plain.replace(/s$/, '')
}
