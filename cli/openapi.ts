import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { apiDocument } from '#lib/api/app'

export const openapiHelp = `souk openapi [--out file]

  Prints the OpenAPI 3.1 document of the API, as a node serves it at /api/v1/openapi.json. It needs no node and no database.

  --out file   write it there instead

  souk openapi --out souk.json && npx @hey-api/openapi-ts -i souk.json -o souk-client`

/** Prints or writes the API's document. */
export async function openapi(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } })
  const text = JSON.stringify(apiDocument(), null, 2)
  if (values.out === undefined) console.log(text)
  else await writeFile(values.out, `${text}\n`)
  return 0
}
