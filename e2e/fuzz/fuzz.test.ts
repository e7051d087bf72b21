/** The fuzz of `npm run fuzz` in small, the same captures each time, and the two doors that read what others send. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createApplication, requestSchemas } from '../../src-main/app/application.ts';
import { openEnvelope } from '../../src-main/powershell/envelope.ts';
import { createReplyReader } from '../../src-main/powershell/reply-reader.ts';
import { demoCapture } from '../../src-main/testing/demo-check.ts';
import { oddValues } from './mutate.ts';
import { basesOf, fuzzCapture, healed } from './captures.ts';
import { kinds } from './kinds.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a capture that no host wrote', () => {
  it('neither breaks a command nor makes lost facts look healthy', async () => {
    const bases = basesOf(['iscsi-on-team', 'mpio-dedicated']);
    const tally = { judged: 0, refused: 0 };
    for (let seed = 1; seed <= 25; seed += 1) {
      await expect(fuzzCapture(seed, bases, folder, tally), `seed ${seed}`).resolves.toBeUndefined();
    }
    expect(tally.judged).toBeGreaterThan(8);
    expect(tally.refused).toBeGreaterThan(2);
  });

  it('is found out where a rule calls lost facts fine', () => {
    const [base] = basesOf(['iscsi-on-team']);
    const { check } = base;
    const content = check.rules.map((one) =>
      one.rule === 'iscsi-on-team' ? { rule: one.rule, title: one.title, result: 'fine' as const } : one,
    );
    expect(healed(base, { ...check, rules: content })).toEqual(['iscsi-on-team']);
    expect(healed(base, check)).toEqual([]);
  });
});

it.each(['settings', 'journals'])('files of %s that nobody wrote break nothing', async (kind) => {
  const tally = { judged: 0, refused: 0 };
  const fuzzOne = await kinds[kind]?.(mkdtempSync(path.join(folder, kind)));
  for (let seed = 1; seed <= 60; seed += 1) {
    await expect(fuzzOne?.(seed, tally), `seed ${seed}`).resolves.toBeUndefined();
  }
  expect(Math.min(tally.judged, tally.refused)).toBeGreaterThan(2);
});

it('a reply with any one character changed or cut off is whole, refused or noise, and never half', async () => {
  const mark = '~0123456789abcdef~';
  const data = [{ Name: 'NIC1' }, { Name: 'NIC2' }];
  const payload = gzipSync(
    JSON.stringify({ status: 'ok', durationMs: 1, data, errors: [], warnings: [] }),
  ).toString('base64');
  const reply = `<${mark} r1 ${payload.length} ${payload} ${mark}>`;
  const read = async (text: string): Promise<readonly unknown[]> => {
    const opened: unknown[] = [];
    const bodies: string[] = [];
    const reader = createReplyReader({
      mark,
      onEvent: (event) => {
        if (event.type === 'reply') bodies.push(event.payload);
      },
      onNoise: () => undefined,
    });
    for (const character of text) reader.push(character);
    for (const body of bodies) {
      const answer = await openEnvelope(body);
      if (answer.ok) opened.push(answer.value.data);
      else expect(answer.failure.kind).toBe('bad-output');
    }
    return opened;
  };
  expect(await read(reply)).toEqual([data]);
  for (let at = 0; at < reply.length; at += 1) {
    expect(await read(reply.slice(0, at))).toEqual([]);
    const other = reply[at] === 'A' ? 'B' : 'A';
    for (const seen of await read(reply.slice(0, at) + other + reply.slice(at + 1)))
      expect(seen).toEqual(data);
  }
});

it('every call of the contract refuses every wrong shape with a kind, a sentence and no more', async () => {
  const host = {
    source: 'demo',
    label: 'x',
    look: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
  } as const;
  const logged: string[] = [];
  const app = createApplication({ host, shell: 'browser', log: (line) => logged.push(line) });
  const names = Object.entries(requestSchemas).flatMap(([group, schemas]) =>
    Object.keys(schemas).map((name) => `${group}.${name}`),
  );
  expect(names.length).toBeGreaterThan(20);
  const shapes = [
    // Of a request without fields, no fields are the right shape.
    ...oddValues.filter((value) => JSON.stringify(value) !== '{}' && value !== undefined && value !== null),
    { strange: 1 },
    JSON.parse('{ "__proto__": { "isAdmin": true } }') as unknown,
    demoCapture('iscsi-on-team'),
  ];
  for (const name of names) {
    for (const shape of shapes) {
      const answer = await app.call(name, shape);
      expect(answer, `${name} ${JSON.stringify(shape).slice(0, 80)}`).toMatchObject({
        ok: false,
        failure: { kind: 'bad-request', message: expect.stringMatching(/\S/) as string },
      });
    }
  }
  expect(logged).toEqual([]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  await app.close();
});
