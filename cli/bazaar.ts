import { join } from 'node:path'
import { lastEpoch } from './bazaar/elections.ts'
import { readOptions } from './bazaar/options.ts'
import { prepareProbe } from './bazaar/probe.ts'
import { readTotals } from './bazaar/books.ts'
import { trade } from './bazaar/trade.ts'
import { judge, totalsLine } from './bazaar/verdict.ts'
import { inHouse } from './runner/house.ts'
import { interruption } from './runner/interruption.ts'
import { openPeers } from './runner/peers.ts'
import { counted, openVoice } from './runner/voice.ts'

export const bazaarHelp = `souk bazaar [options]

  A bazaar on this machine: nodes that share one database, buyers and sellers who ask them over HTTP, and whoever trades for
  them falling ill, if you like. Sellers publish, send and restock; buyers hold, walk away, pay, call off, receive; after a
  second the money is the seller's, and paid out to the sandbox provider. At the end all books are read.
  It lives in DATA_DIR/bazaar (.data/bazaar), and goes on where the one before ended. Ctrl-C ends it early.
  Exit code 0: every piece and cent is accounted for; 1: something is not, and what.

  --peers N          nodes (3)
  --buyers N         (20)
  --sellers N        (4)
  --seconds S        how long it is open (30); then what is under way is waited for
  --fault-tolerance  after --timeout S seconds of trading (5) the node that trades is killed, and a new node joins
  --repeat           again and again
  --pause            instead of being killed it stands still for 8 seconds, every other time in the middle of its work
  --seed N           what buyers choose (1)
  --fresh            begin anew: what earlier bazaars left is deleted
  --json             the figures as one JSON object, on the last line; everything else goes to standard error`

/** What takes days in a market takes a moment here. */
const HASTE = {
  HOLD_TTL_MS: '6000',
  HOLD_LIMIT_MS: '60000',
  HOLD_COOLDOWN_MS: '500',
  CHECKOUT_TTL_MS: '20000',
  DISPUTE_WINDOW_MS: '1000',
  PAYOUT_MIN_CENTS: '1',
  PAYOUT_EVERY_MS: '1000',
}

/** Holds a bazaar. Returns the exit code. */
export async function bazaar(args: string[]): Promise<number> {
  const options = readOptions(args)
  const voice = openVoice(options.isJson ? process.stderr : process.stdout)
  const interrupted = interruption()
  const { peers: count, buyers, sellers, seconds, seed } = options
  const sizes = `${counted(count, 'node')}, ${counted(buyers, 'buyer')} and ${counted(sellers, 'seller')}`
  voice.say(`A bazaar of ${sizes} for ${seconds} s, seed ${seed}.`)
  const house = { isFresh: options.isFresh, peers: count, settings: HASTE }
  return inHouse(house, async ({ dataDir, settings }) => {
    await prepareProbe()
    const logFile = join(dataDir, 'bazaar.log')
    const peers = openPeers(join(import.meta.dirname, 'bazaar', 'peer.ts'), settings, logFile)
    // Whatever ends this process ends those that it started.
    process.on('exit', peers.killAll)
    try {
      const before = await readTotals()
      const firstEpoch = (await lastEpoch()) + 1
      await Promise.all(Array.from({ length: count }, () => peers.add()))
      voice.say(`${counted(count, 'node')} up; the log is ${logFile}.`)
      const course = await trade(options, { peers, voice, interrupted, before, firstEpoch })
      await peers.stop()
      voice.end()
      voice.say(`${interrupted.aborted ? 'Ended early' : 'Closed'}: ${totalsLine(await readTotals(), before)}.`)
      const { isSound, figures, words } = await judge(course)
      for (const line of words) voice.say(line)
      if (options.isJson) console.log(JSON.stringify(figures))
      return isSound ? 0 : 1
    } finally {
      await peers.stop()
      process.off('exit', peers.killAll)
    }
  })
}
