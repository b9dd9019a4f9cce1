import { sampleOf } from '#lib/api/openapi/sample'
import type { ApiDocument, ApiOperation } from '#lib/api/openapi/types'

/** The operation as a line to paste: real values, and what only the reader has as a variable of the shell. */
export function curlOf(
  origin: string,
  { method, path, operation }: { method: string; path: string; operation: ApiOperation },
  { servers, components }: ApiDocument,
): string {
  const { parameters = [], requestBody } = operation
  const valueOf = (name: string) => {
    const schema = parameters.find((each) => each.name === name)?.schema
    return schema ? String(sampleOf(schema, components.schemas)) : name
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)))
  const asked = parameters.filter(({ in: place, required }) => place === 'query' && required)
  const query = asked.map(({ name }) => `${name}=${encodeURIComponent(valueOf(name))}`).join('&')
  const url = `${origin}${servers[0]?.url ?? ''}${filled}${query && `?${query}`}`
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${url}'`]
  if (operation['x-who-may'] !== 'anyone') lines.push(`-H "Authorization: Bearer $SOUK_TOKEN"`)
  for (const { name } of parameters.filter(({ in: place, required }) => place === 'header' && required)) {
    lines.push(name === 'Idempotency-Key' ? `-H "${name}: $(uuidgen)"` : `-H '${name}: ${valueOf(name)}'`)
  }
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  if (type === 'application/json') {
    lines.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(media?.example).replaceAll("'", `'\\''`)}'`)
  } else if (type) lines.push(`-F 'file=@file'`)
  return lines.join(' \\\n  ')
}
