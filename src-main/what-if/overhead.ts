/**
 * What protocols take from a link: from bits on the wire to bytes of payload.
 *
 * Sources: IEEE 802.3 (preamble and start 8, header 14, check 4, gap 12 bytes; 802.1Q tag 4), RFC 791 and 8200 (IP
 * headers without options), RFC 9293 and 7323 (TCP; timestamps take 12 with their padding), RFC 7143 (an iSCSI PDU begins
 * with 48 bytes), MS-SMB2 (64 bytes of header, 16 of a read or write response, 4 of the transport).
 */
import type { OverheadLine } from '#shared/what-if.ts';

export interface WireFacts {
  readonly protocol: 'iscsi' | 'smb';
  readonly mtuBytes: number;
  readonly isMtuAssumed: boolean;
  readonly isTagged: boolean;
  readonly ipVersion: 4 | 6;
  readonly hasTimestamps: boolean;
}

export interface Overhead {
  /** Of each bit on the wire, the part that is payload, 0 to 1. */
  readonly payloadShare: number;
  readonly lines: readonly OverheadLine[];
}

const preamble = 8;
const header = 14;
const check = 4;
const gap = 12;
const tag = 4;
const tcp = 20;
const timestamps = 12;
const ipHeader = { 4: 20, 6: 40 } as const;

/** The data of one PDU, and of one read or write: what Windows asks for by default. */
const message = {
  iscsi: {
    bytes: 65_536,
    header: 48,
    what: 'iSCSI header',
    because:
      '48 bytes before each 65,536 of data, the longest segment that the Windows initiator takes by default.',
  },
  smb: {
    bytes: 1_048_576,
    header: 84,
    what: 'SMB header',
    because: '84 bytes (transport 4, header 64, response 16) before each transfer of 1 MiB.',
  },
} as const;

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Pure. Every number of the account stands in a line of its own. */
export function overheadOf(facts: WireFacts): Overhead {
  const { protocol, mtuBytes, isTagged, ipVersion, hasTimestamps } = facts;
  const onWire = mtuBytes + preamble + header + check + gap + (isTagged ? tag : 0);
  const segment = mtuBytes - ipHeader[ipVersion] - tcp - (hasTimestamps ? timestamps : 0);
  const { bytes, header: messageHeader, what, because } = message[protocol];
  const inStream = bytes / (bytes + messageHeader);
  const payloadShare = (segment / onWire) * inStream;
  return {
    payloadShare,
    lines: [
      {
        what: 'MTU',
        bytes: mtuBytes,
        because: facts.isMtuAssumed
          ? 'Not known; 1500 is taken, as adapters come.'
          : 'The longest packet that the host sends on this route.',
      },
      {
        what: 'Ethernet frame',
        bytes: preamble + header + check + gap,
        because: 'Preamble 8, header 14, check sum 4 and the gap of 12 after each frame.',
      },
      ...(isTagged ? [{ what: 'VLAN tag', bytes: tag, because: 'The route runs in a VLAN.' }] : []),
      {
        what: `IPv${ipVersion} header`,
        bytes: -ipHeader[ipVersion],
        because: 'Of each packet, without options.',
      },
      {
        what: 'TCP header',
        bytes: -(tcp + (hasTimestamps ? timestamps : 0)),
        because: hasTimestamps
          ? '20 bytes and 12 of timestamps.'
          : 'Without timestamps, which Windows does not ask for by default; with them it would be 12 bytes more.',
      },
      { what, because },
      {
        what: 'Payload',
        bytes: segment,
        because: `${segment} of ${onWire} bytes on the wire are TCP payload; ${percent(payloadShare)} of the link is data.`,
      },
    ],
  };
}
