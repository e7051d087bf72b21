import { describe, expect, it } from 'vitest';
import type { Check, ObservationGap } from '#shared/finding.ts';
import type { LookRecord } from '#shared/observed.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { hostNotes } from './host-notes.ts';

const record: LookRecord = {
  tool: { name: 'switchyard', version: '9.0' },
  redacted: false,
  observations: [],
  unknownNames: [],
};
const gap = (
  observation: ObservationGap['observation'],
  status: ObservationGap['status'],
): ObservationGap => ({
  observation,
  status,
});

function noted(patch: Partial<Check>, of: Partial<LookRecord> = {}): readonly string[] {
  const check = { source: 'capture', host: { name: 'HV01', elevated: true }, gaps: [], ...patch } as const;
  return hostNotes(check, { ...record, ...of }).map(({ text }) => text);
}

describe('the notes on a look', () => {
  it('say of one that was not elevated what is missing, and how to get it', () => {
    const [note, ...others] = hostNotes(demoCheck('not-elevated'), undefined);
    expect(note).toMatchObject({
      id: 'not-elevated',
      remedy: expect.stringMatching(/elevated prompt/) as string,
    });
    expect(note?.text).toMatch(/^Not elevated: \d+ observations? need administrator rights/);
    expect(others).toEqual([]);
  });

  it('say nothing of a look that lacks nothing', () => {
    expect(hostNotes(demoCheck('converged-set'), record)).toEqual([]);
    expect(noted({ host: { name: 'HV01', elevated: false } })).toEqual([]);
  });

  it.each<[string, Partial<Check>, Partial<LookRecord>, RegExp]>([
    [
      'constrained PowerShell',
      { host: { name: 'a', elevated: true, languageMode: 'ConstrainedLanguage' } },
      {},
      /refuses/,
    ],
    [
      'an older capture',
      { gaps: [gap('Disk', 'not-asked')] },
      {},
      /by switchyard 9\.0: it lacks 1 observation that/,
    ],
    [
      'a newer capture',
      {},
      { unknownNames: ['QuantumLink'] },
      /has 1 observation that this version does not know/,
    ],
    ['a redacted capture', {}, { redacted: true }, /stand-ins/],
  ])('say what is special about %s', (_what, check, of, text) => {
    expect(noted(check, of)).toEqual([expect.stringMatching(text)]);
  });
});
