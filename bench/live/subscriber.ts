import { connect, type Socket } from 'node:net'

/** One browser's connection that costs as little as that can: it takes frames apart and looks at no more of them than it must. */
export interface Subscriber {
  close(): void
}

const GREETING = '0'
/** A frame of the client's must be masked; with zeros the text stays as it is. */
const MASK = Buffer.alloc(4)

/** Opens a WebSocket and resolves once `isReady` says of a message that the server counts it as one of its own. */
export function openSubscriber(
  url: string,
  path: string,
  hear: (text: Buffer, send: (text: string) => void) => boolean,
): Promise<Subscriber> {
  const { host, hostname, port, origin } = new URL(url)
  const socket = connect({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port), noDelay: true })
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('close', () => reject(new Error('The server closed the connection.')))
    const send = (text: string) => void socket.write(frameOf(text))
    let isReady = false
    readFrames(socket, (frame) => {
      // A heartbeat of the server's.
      if (frame.length === 1 && frame[0] === 0x32) return send('3')
      const answered = hear(frame, send)
      if (!answered || isReady) return
      isReady = true
      resolve({ close: () => void socket.destroy() })
    })
  })
}

/** What a browser of Souk's says until it hears a product. */
export function greet(productId: string) {
  const wish = JSON.stringify(['subscribe', [{ room: `product:${productId}`, known: {} }]])
  return (frame: Buffer, send: (text: string) => void): boolean => {
    const head = frame.toString('latin1', 0, 3)
    if (head.startsWith(GREETING)) send('40')
    else if (head.startsWith('40')) send(`420${wish}`)
    return head === '430'
  }
}

function frameOf(text: string): Buffer {
  const body = Buffer.from(text)
  const head =
    body.length < 126
      ? Buffer.from([0x81, 0x80 | body.length])
      : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255])
  return Buffer.concat([head, MASK, body])
}

function readFrames(socket: Socket, hear: (frame: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  let isUpgraded = false
  socket.on('data', (chunk: Buffer) => {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    if (!isUpgraded) {
      const end = data.indexOf('\r\n\r\n')
      if (end < 0) return void (rest = data)
      if (!data.toString('latin1', 0, 12).endsWith('101')) return void socket.destroy()
      isUpgraded = true
      data = data.subarray(end + 4)
    }
    let at = 0
    for (;;) {
      const length = data[at + 1]
      if (length === undefined) break
      const start = at + (length < 126 ? 2 : length === 126 ? 4 : 10)
      if (data.length < start) break
      const size =
        length < 126 ? length : length === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2))
      if (data.length < start + size) break
      hear(data.subarray(start, start + size))
      at = start + size
    }
    rest = data.subarray(at)
  })
}
