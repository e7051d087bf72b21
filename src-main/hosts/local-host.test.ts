import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#shared/result.ts';
import type { Engine } from '../powershell/engine.ts';
import type { Shell } from '../powershell/shell.ts';
import { localHost } from './local-host.ts';

const engine: Engine = { executable: '/engine', workingFolder: '/', environment: {}, moduleFolders: [] };

function fakeShell(closed: string[] = []): Shell {
  return {
    facts: () =>
      Promise.resolve(
        succeed({
          version: '5.1',
          languageMode: 'FullLanguage',
          isElevated: true,
          is64Bit: true,
          computerName: 'HV01',
        }),
      ),
    run: () => Promise.resolve(succeed({ data: [], errors: [], warnings: [], durationMs: 1 })),
    close: () => Promise.resolve(void closed.push('closed')),
  };
}

describe('localHost', () => {
  it('says where there is no Windows what can be looked at instead', async () => {
    const host = localHost({ platform: 'linux' });
    expect(host.source).toBe('local');
    const look = await host.look();
    expect(look).toMatchObject({ ok: false, failure: { kind: 'start-failed' } });
    expect(look.ok ? '' : look.failure.remedy).toMatch(/--demo NAME.*--capture FILE/);
    await host.close();
  });

  it('looks through one shell, again and again, and closes it', async () => {
    const closed: string[] = [];
    let opened = 0;
    const host = localHost({
      findEngine: () => succeed(engine),
      openShell: (given) => {
        expect(given).toBe(engine);
        opened += 1;
        return fakeShell(closed);
      },
    });
    const states: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const look = await host.look({ onProgress: ({ state }) => states.push(state) });
      expect(look).toMatchObject({ ok: true, value: { host: { name: 'HV01' }, redacted: false } });
    }
    expect(states).toContain('ok');
    expect(opened).toBe(1);
    await host.close();
    expect(closed).toEqual(['closed']);
  });

  it('says for every observation that Windows lacks its PowerShell', async () => {
    const host = localHost({
      platform: 'win32',
      findEngine: () => fail('start-failed', 'Windows PowerShell is not where Windows keeps it.'),
    });
    const look = await host.look();
    if (!look.ok) throw new Error('a look at Windows is complete in itself');
    const observations = Object.values(look.value.observations);
    expect(observations.length).toBeGreaterThan(60);
    expect(new Set(observations.map((each) => each.status === 'ok' || each.error.kind))).toEqual(
      new Set(['start-failed']),
    );
  });

  it('leaves a question that got no answer alone for a minute, and asks the others', async () => {
    let nowMs = 0;
    let isStuck = true;
    let asked: string[] = [];
    const host = localHost({
      findEngine: () => succeed(engine),
      now: () => nowMs,
      openShell: () => ({
        ...fakeShell(),
        run: ({ script }) => {
          const isService = script.includes('Win32_Service');
          asked.push(isService ? 'Service' : 'other');
          return Promise.resolve(
            isService && isStuck
              ? fail('timed-out', 'No answer.')
              : succeed({ data: [], errors: [], warnings: [], durationMs: 1 }),
          );
        },
      }),
    });
    const look = async () => {
      asked = [];
      const looked = await host.look({ only: ['NetAdapter', 'Service'] });
      if (!looked.ok) throw new Error('A look never fails.');
      return looked.value.observations;
    };
    const first = await look();
    expect(first.Service).toMatchObject({ status: 'failed', error: { kind: 'timed-out' } });
    isStuck = false;
    nowMs = 15_000;
    const second = await look();
    expect(asked).toEqual(['other']);
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(second.Service).toMatchObject({
      status: 'failed',
      error: { kind: 'timed-out', message: expect.stringContaining('another 45 s') as string },
    });
    expect(second.NetAdapter).toMatchObject({ status: 'ok' });
    nowMs = 60_000;
    expect((await look()).Service).toMatchObject({ status: 'ok' });
  });
});
