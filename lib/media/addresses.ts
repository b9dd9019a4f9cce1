import { BlockList, isIP } from 'node:net'

// Source: the special-purpose registries of IANA, all but what is globally reachable.
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]

// Inside 2000::/3, the only part of IPv6 that is handed out: what is not the open internet, or may lead back into IPv4.
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

const refused = new BlockList()
for (const range of NOT_PUBLIC_4) add(range, 'ipv4')
for (const range of NOT_PUBLIC_6) add(range, 'ipv6')

const handedOut = new BlockList()
handedOut.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is on the open internet: not this machine, not a network behind it, not a cloud's own service. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refused.check(address, 'ipv4')
  // Everything outside 2000::/3 goes: loopback, link-local, unique local, and the forms that carry an IPv4 address.
  return family === 6 && handedOut.check(address, 'ipv6') && !refused.check(address, 'ipv6')
}

function add(range: string, family: 'ipv4' | 'ipv6'): void {
  const [net = '', bits] = range.split('/')
  refused.addSubnet(net, Number(bits), family)
}
