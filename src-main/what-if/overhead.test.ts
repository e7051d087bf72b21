import { describe, expect, it } from 'vitest';
import { overheadOf, type WireFacts } from './overhead.ts';

const plain: WireFacts = {
  protocol: 'iscsi',
  mtuBytes: 1500,
  isMtuAssumed: false,
  isTagged: false,
  ipVersion: 4,
  hasTimestamps: false,
};

/** MB/s of payload on a link of 1 Gbit/s. */
const onGigabit = (facts: Partial<WireFacts>): number =>
  Math.round(overheadOf({ ...plain, ...facts }).payloadShare * 1250) / 10;

describe('what protocols leave of a gigabit', () => {
  // By hand: 125 MB/s x TCP payload of the frame / bytes on the wire x data of the message.
  it.each<[string, Partial<WireFacts>, number]>([
    ['iSCSI at 1500', {}, 118.6],
    ['iSCSI at 1500 with TCP timestamps', { hasTimestamps: true }, 117.6],
    ['iSCSI at 1500 in a VLAN', { isTagged: true }, 118.3],
    ['iSCSI at 1500 over IPv6', { ipVersion: 6 }, 116.9],
    ['iSCSI at 9000', { mtuBytes: 9000 }, 123.8],
    ['SMB at 1500', { protocol: 'smb' }, 118.7],
  ])('%s', (_, facts, expected) => {
    expect(onGigabit(facts)).toBe(expected);
  });

  it('is told line by line, and says what was assumed', () => {
    const { lines } = overheadOf({ ...plain, isMtuAssumed: true, isTagged: true });
    expect(lines.map(({ what }) => what)).toEqual([
      'MTU',
      'Ethernet frame',
      'VLAN tag',
      'IPv4 header',
      'TCP header',
      'iSCSI header',
      'Payload',
    ]);
    expect(lines[0]?.because).toMatch(/Not known; 1500 is taken/);
  });
});
