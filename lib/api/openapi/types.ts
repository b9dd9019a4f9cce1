/** What of JSON Schema and OpenAPI 3.1 the document uses: as much as its page and its tests need to read it. */

export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  examples?: unknown[]
  default?: unknown
  const?: unknown
  enum?: unknown[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

export interface Ref {
  $ref: string
}

export interface Media {
  schema: JsonSchema
  example?: unknown
  /** Of a refusal: one for each code, under its name. */
  examples?: Record<string, Ref>
}

export interface ApiParameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description: string
  schema: JsonSchema
}

export interface ApiHeader {
  description: string
  schema: JsonSchema
}

export interface ApiResponse {
  description: string
  headers?: Record<string, ApiHeader | Ref>
  content?: Record<string, Media>
}

export interface ApiOperation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  /** Who may: in words that the page and the tests understand. */
  'x-who-may': WhoMay
  parameters?: ApiParameter[]
  requestBody?: { required: boolean; description: string; content: Record<string, Media> }
  responses: Record<string, ApiResponse | Ref>
}

export type WhoMay = 'anyone' | 'member' | 'seller' | 'operator'

export interface ApiProblemExample {
  summary: string
  value: { type: string; title: string; status: number; code: string; detail: object }
}

export interface ApiDocument {
  openapi: string
  info: { title: string; version: string; summary: string; description: string; license: object }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, ApiOperation>>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, ApiResponse>
    examples: Record<string, ApiProblemExample>
    headers: Record<string, ApiHeader>
    securitySchemes: Record<string, object>
  }
}
