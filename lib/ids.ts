import { customAlphabet } from 'nanoid'
import { v7, validate } from 'uuid'

/** A new id. UUIDv7: rises with time, so that new rows land at the end of their index. */
export function newId(): string {
  return v7()
}

/** Whether the text has the form of an id. PostgreSQL throws at any other, so edges ask first. */
export function isId(text: string): boolean {
  return validate(text)
}

// Without 0/O, 1/I/L and U: numbers are read aloud and typed in again.
const readable = customAlphabet('23456789ABCDEFGHJKMNPQRSTVWXYZ', 8)

/** A public order number such as S-7K3M9QXD: 30^8 of them, unguessable enough to quote in a mail. */
export function newOrderNumber(): string {
  return `S-${readable()}`
}

/** A secret of 32 characters, 190 bits: tokens and keys. */
export const newSecret = customAlphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 32)

/** The address form of a name: "Café au lait" → "cafe-au-lait". Empty when nothing of it can stay. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}
