/** The examples in docs/ceilings.md, computed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { gigabit } from './hand-built-snapshot.ts';
import { ceilingsOf } from './host-for-ceilings.ts';
import type { CeilingHost } from './host-for-ceilings.ts';

const two = [
  [0, 0],
  [1, 1],
] as const;
const fourOfOne = [0, 1, 2, 3].map((portal) => [0, portal] as const);

const hosts: Readonly<Record<string, CeilingHost>> = {
  'one 10 G NIC, four sessions': { fabric: 'plain', speeds: [10], sessions: fourOfOne },
  'two 10 G NICs, a session each': { fabric: 'plain', speeds: [10, 10], sessions: two },
  '10 G and 1 G under round robin': { fabric: 'plain', speeds: [10, 1], sessions: two },
  'four 1 G in an LBFO team by address hash, four sessions from the team NIC': {
    fabric: 'team',
    speeds: [1, 1, 1, 1],
    algorithm: 'TransportPorts',
    sessions: fourOfOne,
  },
  'two vNICs over a two-member 10 G team, Hyper-V port': {
    fabric: 'team-and-switch',
    speeds: [10, 10],
    vnics: 2,
    algorithm: 'HyperVPort',
    sessions: two,
  },
  'one vNIC over eight 10 G members, Hyper-V port': {
    fabric: 'team-and-switch',
    speeds: [10, 10, 10, 10, 10, 10, 10, 10],
    algorithm: 'HyperVPort',
    sessions: fourOfOne,
  },
  'two vNICs mapped apart in a 10 G SET, Hyper-V port': {
    fabric: 'set',
    speeds: [10, 10],
    vnics: 2,
    mapped: [0, 1],
    algorithm: 'HyperVPort',
    sessions: two,
  },
  'two vNICs over four 10 G in a SET, Dynamic, four sessions': {
    fabric: 'set',
    speeds: [10, 10, 10, 10],
    vnics: 2,
    algorithm: 'Dynamic',
    sessions: [
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
    ],
  },
};

const text = readFileSync(path.join(import.meta.dirname, '../../docs/ceilings.md'), 'utf8');
const examples = [...text.matchAll(/^\| (.+?) \| (\d+) \| (\d+) to (\d+) \| (\d+) to (\d+) \|$/gm)].map(
  ([, name = '', ...figures]) => [name, figures.map(Number)] as const,
);

it('has an example for each of these hosts, and no other', () => {
  expect(examples.map(([name]) => name)).toEqual(Object.keys(hosts));
});

it.each(examples)('%s', (name, figures) => {
  const host = hosts[name];
  if (host === undefined) throw new Error('There is no host for the example.');
  const { singleStream, read, write } = ceilingsOf(host);
  expect(
    [singleStream, read.guaranteed, read.possible, write.guaranteed, write.possible].map(
      ({ bitsPerSecond }) => (bitsPerSecond ?? NaN) / gigabit,
    ),
  ).toEqual(figures);
});
