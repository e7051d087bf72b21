import { describe, expect, it } from 'vitest';
import { groupGaps } from './gap-text.ts';

describe('what was not observed', () => {
  it('is told by reason, failures first, in our words where the kind says it all', () => {
    expect(
      groupGaps([
        {
          observation: 'NetIntent',
          status: 'unavailable',
          error: { kind: 'cmdlet-missing', message: 'Der Begriff "Get-NetIntent" ...' },
        },
        {
          observation: 'Disk',
          status: 'failed',
          error: { kind: 'access-denied', message: 'Zugriff verweigert' },
        },
        {
          observation: 'VMHost',
          status: 'failed',
          error: { kind: 'access-denied', message: 'Access is denied.' },
        },
        {
          observation: 'MpioDisk',
          status: 'failed',
          error: { kind: 'script-error', message: 'Generic failure' },
        },
        { observation: 'NetRoute', status: 'not-asked' },
        {
          observation: 'NetAdapterRss',
          status: 'partial',
          itemErrors: [
            { item: 'NIC1', message: 'No answer.' },
            { message: 'Broken.' },
            { message: 'Broken.' },
          ],
        },
      ]),
    ).toEqual([
      { status: 'failed', head: '2 failed', names: ['Disk', 'VMHost'], reason: 'Access was denied.' },
      { status: 'failed', head: '1 failed', names: ['MpioDisk'], reason: 'Generic failure' },
      { status: 'partial', head: '1 in part', names: ['NetAdapterRss'], reason: 'NIC1: No answer. Broken.' },
      {
        status: 'unavailable',
        head: '1 not there',
        names: ['NetIntent'],
        reason: 'The command that would answer is not on this host.',
      },
      {
        status: 'not-asked',
        head: '1 not asked',
        names: ['NetRoute'],
        reason: 'The capture does not have them: it is of another version, or was cut down.',
      },
    ]);
  });

  it('is nothing where all was answered', () => {
    expect(groupGaps([])).toEqual([]);
  });
});
