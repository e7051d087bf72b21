/** The rights of folders, read by the script in a real engine from a Windows that is simulated in two lines. */
import { expect, test } from 'vitest';
import { readFolderRights } from '../../src-main/app/program-rights.ts';
import { openSession } from '../../src-main/powershell/session.ts';
import { isEngineMissing, prepareEngine } from './engine.ts';

const getAcl = `function Get-Acl {
    param([string] $LiteralPath, $ErrorAction)
    if ($LiteralPath -like 'D:*') { throw "Der Pfad '$LiteralPath' ist nicht da." }
    [pscustomobject] @{ Path = $LiteralPath; Sddl = "O:BAD:(A;;FA;;;BU)$LiteralPath" }
}`;

test.skipIf(isEngineMissing())(
  'are read by any name, each folder with its own, and what is missing is named',
  async () => {
    const prepared = prepareEngine({ culture: 'de-DE' });
    const shell = openSession({ engine: prepared.engine, prelude: `${prepared.prelude}\n${getAcl}` });
    const folders = ["C:\\O'Neill [1]", 'C:\\$(throw 1)', 'D:\\gone', 'C:\\\u65e5\u672c'];
    const answer = await readFolderRights(shell, folders);
    await shell.close();
    prepared.dispose();
    expect(answer).toEqual({
      ok: true,
      value: folders.map((folder) =>
        folder.startsWith('D:')
          ? { folder, sddl: '', problem: "Der Pfad 'D:\\gone' ist nicht da." }
          : { folder, sddl: `O:BAD:(A;;FA;;;BU)${folder}`, problem: '' },
      ),
    });
  },
);
