import { describe, expect, it } from 'vitest';
import { largestAnswered, packetVerdict, whyNoVerdict, type PacketVerdict } from './packet-probe.ts';

type Echo = readonly [packetBytes: number, sent: number, answered: number];

function probe(packetBytes: number | null, ...echoes: readonly Echo[]) {
  return {
    sourceAddress: '10.0.10.11',
    destinationAddress: '10.0.10.101',
    packetBytes,
    echoes: echoes.map(([size, sent, answered]) => ({ packetBytes: size, sent, answered })),
  };
}

const small: Echo = [60, 2, 2];

describe('what echoes say of a pair', () => {
  it.each<[string, PacketVerdict, number, ReturnType<typeof probe>]>([
    ['all answered', 'passed', 9000, probe(9000, small, [9000, 3, 3])],
    ['some of the full ones lost', 'passed', 9000, probe(9000, small, [9000, 3, 1])],
    ['full ones lost, the next size not', 'too-big', 1500, probe(9000, small, [9000, 3, 0], [1500, 2, 2])],
    [
      'the first small one lost to address resolution',
      'too-big',
      1500,
      probe(9000, [60, 2, 1], [9000, 3, 0], [1500, 2, 2]),
    ],
    ['standard packets lost, smaller not', 'too-big', 1280, probe(1500, small, [1500, 3, 0], [1280, 2, 2])],
    ['nothing answered', 'no-answer', 0, probe(9000, [60, 2, 0])],
    ['only small ones answered', 'no-answer', 60, probe(9000, small, [9000, 3, 0], [1500, 2, 0])],
    [
      'a way that loses some of every size',
      'no-answer',
      1500,
      probe(9000, small, [9000, 3, 0], [1500, 2, 1]),
    ],
    ['a single full one lost', 'no-answer', 1500, probe(9000, small, [9000, 1, 0], [1500, 2, 2])],
    ['no full one sent', 'no-answer', 1500, probe(9000, small, [1500, 2, 2])],
    ['nothing sent', 'not-tried', 0, probe(9000)],
    ['no size known', 'not-tried', 60, probe(null, small)],
  ])('%s', (_, verdict, largest, one) => {
    expect(packetVerdict(one)).toBe(verdict);
    expect(largestAnswered(one)).toBe(largest);
  });

  it('calls blocked echoes no verdict', () => {
    expect(whyNoVerdict(probe(9000, [60, 2, 0]))).toMatch(/blocked/);
    expect(whyNoVerdict(probe(9000, small, [9000, 3, 0], [1500, 2, 0]))).toMatch(/larger/);
    expect(whyNoVerdict(probe(9000, small, [9000, 3, 0], [1500, 2, 1]))).toMatch(/every size/);
    expect(whyNoVerdict({ ...probe(null), reason: 'IPv6' })).toBe('IPv6');
    expect(whyNoVerdict(probe(9000, small, [9000, 3, 3]))).toBeNull();
  });
});
