import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { isPublicAddress } from './addresses.ts'
import { download, type Reach } from './download.ts'
import { PICTURE_BYTES_MAX } from './rules.ts'
import { watchPace } from '../../scripts/test-pace.ts'

const pace = watchPace()
/** What each path of the server answers with. */
const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>()
const asked: string[] = []

const server = createServer((request, response) => {
  const path = request.url ?? ''
  asked.push(path)
  const answer = answers.get(path)
  if (answer) return answer(request, response)
  response.writeHead(404).end()
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const base = `http://127.0.0.1:${port}`

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Only the server of this file; the addresses that were asked for are written down. */
function onlyHere(timeoutMs = 5_000): Reach & { readonly tried: string[] } {
  const tried: string[] = []
  return {
    tried,
    timeoutMs,
    isAllowed: (address, at) => {
      tried.push(`${address} ${at}`)
      return address === '127.0.0.1' && at === port
    },
  }
}

async function codeOf(url: string, reach?: Reach): Promise<string> {
  const answer = await download(url, reach)
  return answer.ok ? `${answer.value.length} bytes` : answer.refusal.code
}

function redirect(path: string, location: string, status = 302): string {
  answers.set(path, (_request, response) => response.writeHead(status, { Location: location }).end())
  return `${base}${path}`
}

test('an address is public only when it is on the open internet', () => {
  const open = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '192.167.255.255']
  const open6 = ['2606:4700:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888']
  for (const address of [...open, ...open6]) expect(isPublicAddress(address), address).toBe(true)
  const closed4 = [
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.1.2.3', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1'],
    ...['198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ]
  const closed6 = [
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '2001:db8::1'],
    ...['2001::1', '2001:10::1', '3fff::1', '5f00::1', '100::1'],
    // Those that carry an IPv4 address, which may be one of this machine: mapped, compatible, translated, 6to4.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    '2002:7f00:1::1',
  ]
  for (const address of [...closed4, ...closed6]) expect(isPublicAddress(address), address).toBe(false)
  for (const text of ['', 'localhost', '127.1', '0x7f.1', '2130706433', '1.1.1.1 ', '[::1]']) {
    expect(isPublicAddress(text), text).toBe(false)
  }
})

test.each([
  'http://127.0.0.1/a.jpg',
  'http://127.1/a.jpg',
  'http://0x7f.1/a.jpg',
  'http://0177.0.0.1/a.jpg',
  'http://2130706433/a.jpg',
  'http://1２７.0.0.1/a.jpg',
  'http://0/a.jpg',
  'http://localhost/a.jpg',
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/latest/meta-data/',
  'http://10.0.0.1/a.jpg',
  'http://[::1]/a.jpg',
  'http://[::ffff:127.0.0.1]/a.jpg',
  'http://[::ffff:a9fe:a9fe]/a.jpg',
  'http://[64:ff9b::7f00:1]/a.jpg',
  'https://192.168.0.1/a.jpg',
])('%s is not fetched from', async (url) => {
  expect(await codeOf(url)).toBe('bad-address')
})

test.each([
  'file:///etc/passwd',
  'ftp://1.1.1.1/a.jpg',
  'gopher://1.1.1.1/',
  'data:image/png;base64,AA',
  'http://me:secret@1.1.1.1/a.jpg',
  'http://1.1.1.1:22/a.jpg',
  'http://1.1.1.1:8080/a.jpg',
  'https://1.1.1.1:25/a.jpg',
  'http://',
  'a.jpg',
])('%s is no address of a picture', async (url) => {
  expect(await codeOf(url)).toBe('bad-address')
})

test('the server of this file is not reached without leave, and is with it', async () => {
  answers.set('/ok', (_request, response) => response.end('picture'))
  asked.length = 0
  expect(await codeOf(`${base}/ok`)).toBe('bad-address')
  expect(asked).toEqual([])
  expect(await codeOf(`${base}/ok`, onlyHere())).toBe('7 bytes')
  expect(await codeOf(`http://127.1:${port}/ok`, onlyHere())).toBe('7 bytes')
})

test('a redirect is followed, also to a relative address, and every hop is looked at anew', async () => {
  answers.set('/end', (_request, response) => response.end('picture'))
  redirect('/second', '/end', 308)
  const reach = onlyHere()
  expect(await codeOf(redirect('/first', `http://127.1:${port}/second`), reach)).toBe('7 bytes')
  expect(reach.tried).toEqual(Array(3).fill(`127.0.0.1 ${port}`))
})

test.each([
  ['/to-metadata', 'http://169.254.169.254/latest/meta-data/', '169.254.169.254 80'],
  ['/to-other-port', 'http://127.0.0.1:22/', '127.0.0.1 22'],
  ['/to-mapped', 'http://[::ffff:127.0.0.1]/', '::ffff:7f00:1 80'],
  ['/to-short', 'http://10.1/', '10.0.0.1 80'],
])('a redirect to an address that is not allowed is refused: %s', async (path, location, tried) => {
  const reach = onlyHere()
  expect(await codeOf(redirect(path, location), reach)).toBe('bad-address')
  expect(reach.tried).toEqual([`127.0.0.1 ${port}`, tried])
})

test('a redirect to another scheme or with a password in it is refused', async () => {
  expect(await codeOf(redirect('/to-file', 'file:///etc/passwd'), onlyHere())).toBe('bad-address')
  expect(await codeOf(redirect('/to-secret', `http://me:secret@127.0.0.1:${port}/ok`), onlyHere())).toBe('bad-address')
})

test('four requests are the most, and a circle ends', async () => {
  const url = redirect('/circle', '/circle')
  asked.length = 0
  expect(await codeOf(url, onlyHere())).toBe('no-picture')
  expect(asked).toEqual(Array(4).fill('/circle'))
})

test('what is no picture’s answer is told apart from no answer', async () => {
  answers.set('/broken', (_request, response) => response.writeHead(503).end())
  answers.set('/nowhere', (_request, response) => response.writeHead(302).end())
  answers.set('/cut', (_request, response) => {
    response.writeHead(200, { 'Content-Length': '100' })
    response.write('half', () => response.destroy())
  })
  expect(await codeOf(`${base}/missing`, onlyHere())).toBe('no-picture')
  expect(await codeOf(`${base}/nowhere`, onlyHere())).toBe('no-picture')
  expect(await codeOf(`${base}/broken`, onlyHere())).toBe('no-answer')
  expect(await codeOf(`${base}/cut`, onlyHere())).toBe('no-answer')
})

test('8 MB are the most, counted as they come and not as they are announced', async () => {
  const chunk = Buffer.alloc(64 * 1024)
  const most = PICTURE_BYTES_MAX / chunk.length
  let sent = 0
  const send = (chunks: number) => (_request: IncomingMessage, response: ServerResponse) => {
    sent = 0
    const next = () => {
      if (response.destroyed || sent === chunks) return void response.end()
      sent++
      response.write(chunk, next)
    }
    next()
  }
  answers.set('/full', send(most))
  answers.set('/over', send(most + 1))
  answers.set('/endless', send(Infinity))
  expect(await codeOf(`${base}/full`, onlyHere())).toBe(`${PICTURE_BYTES_MAX} bytes`)
  expect(await codeOf(`${base}/over`, onlyHere())).toBe('too-many-bytes')
  expect(await codeOf(`${base}/endless`, onlyHere())).toBe('too-many-bytes')
})

test('a server that says nothing, or a little at a time for ever, is left when the time is over', async () => {
  answers.set('/silent', () => undefined)
  answers.set('/drips', (request, response) => {
    const timer = setInterval(() => response.write('x'), 20)
    request.on('close', () => clearInterval(timer))
  })
  for (const path of ['/silent', '/drips']) {
    const before = performance.now()
    expect(await codeOf(`${base}${path}`, onlyHere(300)), path).toBe('no-answer')
    expect(performance.now() - before, path).toBeLessThan(3_000 * pace())
  }
})

test('a name that leads nowhere is no answer', async () => {
  expect(await codeOf('http://nobody.invalid/a.jpg')).toBe('no-answer')
})
