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
});
