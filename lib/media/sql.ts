import { sql } from '#lib/db'

export const insertPicture = (picture: { id: string; ownerId: string; width: number; height: number }) => sql`
  insert into picture (id, owner_id, width, height)
  values (${picture.id}, ${picture.ownerId}, ${picture.width}, ${picture.height})`

/** Which of these pictures belong to the member. Index: picture_pkey. */
export const listOwnPictures = (ownerId: string, ids: readonly string[]) => sql<{ id: string }>`
  select id
  from picture
  where owner_id = ${ownerId} and id = any(${ids}::uuid[])`
