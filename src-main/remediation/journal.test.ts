import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { historyEntry, toldChanges } from './history.ts';
import type { JournalEvent } from './journal-event.ts';
import { fileJournal, parseJournal } from './journal.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-journal-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const at = (second: number): string => new Date(1_750_000_000_000 + second * 1000).toISOString();
const change = 'c1';

/** A change that failed in its second step and was undone, with names from all over. */
const story: readonly JournalEvent[] = [
  {
    at: at(0),
    change,
    event: 'begins',
    kind: 'fix',
    host: 'HV01',
    by: 'J\u00f6rg "admin"',
    pid: 7,
    title: 'Test',
    planHash: 'ab',
    findings: ['single-session@1'],
    fixes: ['x'],
    steps: [0, 1].map((index) => ({
      fix: 'x',
      title: `Step ${index} \u30C6\u30B9\u30C8\n.`,
      lines: [`Set-Service -Name 'a${index}'`],
      changes: [],
      undo: [{ cmdlet: 'Set-Service', parameters: { Name: 'a', StartupType: 'Manual' } }],
      undoLines: ['Set-Service'],
    })),
    isSimulated: false,
  },
  { at: at(1), change, event: 'guard-armed', until: at(120) },
  { at: at(2), change, event: 'step', index: 0, state: 'running' },
  { at: at(3), change, event: 'step', index: 0, state: 'done', output: ['ok'], seen: 'It is so.' },
  { at: at(4), change, event: 'step', index: 1, state: 'running' },
  { at: at(5), change, event: 'step', index: 1, state: 'failed', seen: 'No.' },
  { at: at(6), change, event: 'step', index: 1, state: 'undone' },
  { at: at(7), change, event: 'step', index: 0, state: 'undone' },
  { at: at(8), change, event: 'guard-gone' },
  { at: at(9), change, event: 'ends', outcome: 'rolled-back', message: 'Step 2 failed.' },
];

function written(): Buffer {
  const folder = mkdtempSync(path.join(scratch, 'j-'));
  const journal = fileJournal(folder);
  for (const event of story) expect(journal.append(event)).toEqual({ ok: true, value: undefined });
  return readFileSync(path.join(folder, 'changes.jsonl'));
}

describe('the journal', () => {
  const whole = written();

  it('tells what was written, one line each, readable as text', () => {
    expect(parseJournal(whole)).toEqual({ events: story, gaps: [] });
    expect(whole.toString('utf8').trimEnd().split('\n')).toHaveLength(story.length);
  });

  it('cut at any byte tells all that was whole, and says where it ends', () => {
    let last = 0;
    for (let length = 0; length <= whole.length; length += 1) {
      const { events, gaps } = parseJournal(whole.subarray(0, length));
      expect(events).toEqual(story.slice(0, events.length));
      expect(events.length).toBeGreaterThanOrEqual(last);
      last = events.length;
      const isCut = length > 0 && whole[length - 1] !== 0x0a && whole[length] !== 0x0a;
      expect({ length, gaps: gaps.length }).toEqual({ length, gaps: isCut && length < whole.length ? 1 : 0 });
      const [told] = toldChanges(events);
      if (told === undefined) continue;
      // Until its last line is there it counts as interrupted, never as done.
      const isWhole = events.length === story.length;
      expect(told.outcome).toBe(isWhole ? 'rolled-back' : 'interrupted');
      expect(historyEntry(told).rollback.isPossible).toBe(!isWhole);
    }
    expect(last).toBe(story.length);
  });

  it('goes on in a new line where a crash cut the last one', () => {
    const folder = mkdtempSync(path.join(scratch, 'j-'));
    const file = path.join(folder, 'changes.jsonl');
    const [first, second] = story;
    if (first === undefined || second === undefined) throw new Error('The story has two events.');
    writeFileSync(file, `${JSON.stringify(first)}\n${JSON.stringify(second).slice(0, 20)}`);
    const journal = fileJournal(folder);
    expect(journal.append(second).ok).toBe(true);
    expect(journal.read()).toMatchObject({
      ok: true,
      value: { events: [first, second], gaps: ['Line 2 cannot be read.'] },
    });
  });

  it('says when it cannot be written or read, and throws nothing', () => {
    const folder = path.join(scratch, 'blocked');
    mkdirSync(path.join(folder, 'changes.jsonl'), { recursive: true });
    const journal = fileJournal(folder);
    expect(story[0] && journal.append(story[0])).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
    expect(journal.read()).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
    expect(fileJournal(path.join(scratch, 'nowhere')).read()).toEqual({
      ok: true,
      value: { events: [], gaps: [] },
    });
  });

  it('takes no line for an event that is none', () => {
    const lines = ['null', '[]', '{"at":1}', '{"at":"a","change":"b","event":"__proto__"}', 'x'];
    expect(parseJournal(Buffer.from(lines.join('\n')))).toMatchObject({ events: [] });
  });
});
