import { describe, expect, it } from 'vitest';
import { evidenceLines } from './evidence-text.ts';

describe('evidence in words', () => {
  it.each([
    ['linkBitsPerSecond', 1_000_000_000, 'link', '1 Gb/s'],
    ['memberBitsPerSecond', [1e9, null], 'member speed', '1 Gb/s, not known'],
    ['trafficBytesPerSecond', 119_000_000, 'traffic', '119 MB/s'],
    ['timeoutSeconds', 60, 'timeout', '60 s'],
    ['mtuBytes', 9000, 'MTU', '9000 bytes'],
    ['countedBytes', 281_664_113_496, 'counted', '282 GB'],
    ['sessionCount', 1, 'session count', '1'],
    ['hasMPIO', false, 'has MPIO', 'no'],
    ['members', ['NIC1', 'NIC2'], 'members', 'NIC1, NIC2'],
    ['members', [], 'members', 'none'],
    ['lbPolicy', null, 'load balancing policy', 'not known'],
    ['memberBitsPerSecond', [1e9, 1e9], 'member speed', '2 x 1 Gb/s'],
    ['teamNics', ['A'], 'team NICs', 'A'],
  ])('%s = %j', (name, value, label, shown) => {
    expect(evidenceLines({ [name]: value })).toEqual([{ label, value: shown }]);
  });
});
