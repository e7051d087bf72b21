import { describe, expect, it } from 'vitest';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { ScriptReply, ScriptRequest, Shell } from '../powershell/shell.ts';
import { elevationRefusal, openFolders, readFolderRights, withParents } from './program-rights.ts';

const tight = 'O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';
const own = 'O:S-1-5-21-1-1-1-1001D:(A;;FA;;;SY)(A;;FA;;;S-1-5-21-1-1-1-1001)';
const downloads = 'C:\\Users\\ada\\Downloads\\Switchyard';

const reply = (data: readonly unknown[]): Result<ScriptReply> =>
  succeed({ data, errors: [], warnings: [], durationMs: 1 });

function shellOf(
  sddlOf: (folder: string) => string,
  isElevated = true,
): Shell & { readonly asked: ScriptRequest[] } {
  const asked: ScriptRequest[] = [];
  return {
    asked,
    facts: () =>
      Promise.resolve(
        succeed({
          version: '5.1',
          languageMode: 'FullLanguage',
          is64Bit: true,
          computerName: 'X',
          isElevated,
        }),
      ),
    run: (request) => {
      asked.push(request);
      const folders = request.parameters?.['Path'] as readonly string[];
      return Promise.resolve(
        reply(folders.map((folder) => ({ Path: folder, Sddl: sddlOf(folder), Problem: '' }))),
      );
    },
    close: () => Promise.resolve(),
  };
}

describe('a program with administrator rights', () => {
  it('does not run from a folder that others can write to, and says what to do', async () => {
    const refusal = await elevationRefusal(
      shellOf((folder) => (folder.startsWith('C:\\Users\\ada') ? own : tight)),
      downloads,
    );
    expect(refusal).toMatchObject({
      kind: 'refused',
      remedy: expect.stringContaining('Program Files') as string,
    });
    expect(refusal?.message).toContain(`from ${downloads}`);
    expect(refusal?.message).toContain(`${downloads} can be written to by the account S-1-5-21-1-1-1-1001`);
  });

  it('nor from one that lies in a folder that can be exchanged', async () => {
    const shell = shellOf((folder) => (folder === 'C:\\Tools' ? 'O:BAD:(A;;SD;;;BU)' : tight));
    expect((await elevationRefusal(shell, 'C:\\Tools\\Switchyard'))?.message).toContain(
      'C:\\Tools can be exchanged by Users',
    );
  });

  it.each<[string, Shell]>([
    ['where only administrators write', shellOf(() => tight)],
    ['without those rights', shellOf(() => own, false)],
    [
      'where Windows does not tell',
      { ...shellOf(() => own), run: () => Promise.resolve(fail('timed-out', '')) },
    ],
    ['where the folders are not there', shellOf(() => '')],
  ])('runs %s', async (_where, shell) => {
    expect(await elevationRefusal(shell, downloads)).toBeUndefined();
  });

  it('asks for the folder and all above it, as data', async () => {
    const shell = shellOf(() => tight);
    await elevationRefusal(shell, "C:\\O'Neill; Remove-Item\\x");
    expect(shell.asked[0]?.parameters).toEqual({
      Path: ["C:\\O'Neill; Remove-Item\\x", "C:\\O'Neill; Remove-Item", 'C:\\'],
    });
    expect(shell.asked[0]?.script).not.toContain('Neill');
  });
});

it('goes up to the drive, or to the share', () => {
  expect(withParents('C:\\a\\b')).toEqual(['C:\\a\\b', 'C:\\a', 'C:\\']);
  expect(withParents('\\\\server\\share\\a').at(-1)).toBe('\\\\server\\share\\');
});

it('what cannot be understood is told, not passed over', () => {
  const rights = [{ folder: 'C:\\x', sddl: 'D:(A;;??;;;BU)', problem: '' }];
  expect(openFolders(rights, ['C:\\x'])).toEqual(['Who may write in C:\\x could not be understood.']);
});

it('an answer in another form is a failure', async () => {
  const shell: Shell = { ...shellOf(() => ''), run: () => Promise.resolve(reply([{ Path: 1 }])) };
  expect(await readFolderRights(shell, ['C:\\x'])).toMatchObject({
    ok: false,
    failure: { kind: 'bad-output' },
  });
});
