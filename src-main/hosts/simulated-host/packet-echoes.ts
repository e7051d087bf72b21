/** Echoes from addresses of the host: what of its networks answers them, and up to what size. */
import type { RawItem } from '#shared/capture.ts';
import type { PacketPair } from '#shared/packet-probe.ts';
import type { Machine } from './machine.ts';
import { answersEchoes, isTaken, largestPacket, sourceTowards } from './reach.ts';

interface Echo {
  readonly address: string;
  readonly from?: string;
  /** Bytes of data. */
  readonly size: number;
  readonly mustNotFragment: boolean;
}

/** What stands before the data of an echo: the head of IPv4 and that of ICMP. */
const echoHeadBytes = 28;

export function echoTo(
  machine: Machine,
  { address, from, size, mustNotFragment }: Echo,
): {
  readonly result: 'no-source' | 'unreachable' | 'too-large' | 'silent' | 'answered';
  /** The address that it left from. */
  readonly own?: string;
} {
  const source = sourceTowards(machine, address, from);
  if (source === undefined) return { result: 'no-source' };
  const own = source.prefix.address;
  const isOwn = machine.network.addresses.some((entry) => entry.prefix.address === address);
  if (!isOwn && !isTaken(machine, address)) return { result: 'unreachable', own };
  const packet = size + echoHeadBytes;
  // What the host itself cannot send it says at once; what a switch does not take is never heard of again.
  if (mustNotFragment && packet > source.interface.mtuBytes) return { result: 'too-large', own };
  if (!isOwn && mustNotFragment && packet > largestPacket(machine, source)) return { result: 'silent', own };
  return { result: isOwn || answersEchoes(machine, address) ? 'answered' : 'silent', own };
}

const smallBytes = 60;

/** The item that the script of the probe gives for such a pair. */
export function packetItem(machine: Machine, pair: PacketPair): RawItem {
  const { from, to, packetBytes, reason } = pair;
  const head = { SourceAddress: from, DestinationAddress: to, PacketBytes: packetBytes };
  if (packetBytes === null || reason !== undefined) {
    return { ...head, Echoes: [], Reason: reason ?? 'size not known' };
  }
  const send = (bytes: number, count: number) => {
    const { result } = echoTo(machine, {
      address: to,
      from,
      size: bytes - echoHeadBytes,
      mustNotFragment: true,
    });
    return { PacketBytes: bytes, Sent: count, Answered: result === 'answered' ? count : 0 };
  };
  const echoes = [send(smallBytes, 2)];
  if (echoes[0]?.Answered !== 0) {
    const full = send(packetBytes, 3);
    echoes.push(full);
    if (full.Answered === 0) echoes.push(send(packetBytes > 1500 ? 1500 : 1280, 2));
  }
  return { ...head, Echoes: echoes, At: new Date().toISOString(), DurationMs: 0 };
}
