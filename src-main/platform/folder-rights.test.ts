import { describe, expect, it } from 'vitest';
import { othersWhoWrite, ownerOf } from './folder-rights.ts';

const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const user = 'S-1-5-21-397955417-626881126-188441444-1103';
/** As Windows Server has them. */
const programFiles = `O:${installer}G:${installer}D:PAI(A;;FA;;;${installer})(A;CIIO;GA;;;${installer})(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;BA)(A;OICIIO;GA;;;BA)(A;;0x1200a9;;;BU)(A;OICIIO;GXGR;;;BU)(A;OICIIO;GA;;;CO)(A;;0x1200a9;;;AC)(A;OICIIO;GXGR;;;AC)`;
const drive = `O:${installer}G:${installer}D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CIIO;DC;;;BU)(A;OICIIO;GA;;;CO)`;
const clientDrive = `O:${installer}D:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;;FA;;;SY)(A;OICIIO;GA;;;SY)(A;;FA;;;BA)(A;OICI;0x1200a9;;;BU)`;
const newFolder = `O:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;CIID;LC;;;BU)(A;CIID;DC;;;BU)`;
const downloads = `O:${user}D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;${user})`;

describe('who may exchange what lies in a folder', () => {
  it.each<[string, string, 'own' | 'above', readonly string[] | undefined]>([
    ['Program Files', programFiles, 'own', []],
    ['Program Files, above', programFiles, 'above', []],
    ['the drive, above: a new folder on it exchanges nothing', drive, 'above', []],
    ['the drive as the folder itself', drive, 'own', ['Users']],
    ['the drive of a client, above: what it hands on does not count there', clientDrive, 'above', []],
    ['a new folder on the drive', newFolder, 'own', ['Users']],
    ['Downloads', downloads, 'own', [`the account ${user}`]],
    ['Downloads, above', downloads, 'above', [`the account ${user}`]],
    ['everybody may delete', 'O:BAD:(A;;SD;;;WD)', 'above', ['Everyone']],
    ['rights to change rights', 'O:SYD:(A;;WD;;;AU)', 'above', ['Authenticated Users']],
    ['rights to take it over', 'O:SYD:(A;;WO;;;BU)', 'own', ['Users']],
    ['a mask in decimals', 'O:SYD:(A;;2032127;;;BU)', 'own', ['Users']],
    ['write without more, above', 'O:SYD:(A;;GW;;;BU)', 'above', []],
    ['write without more', 'O:SYD:(A;;GW;;;BU)', 'own', ['Users']],
    ['a condition with parentheses', 'O:SYD:(XA;;FA;;;WD;(@User.Title == "(x)"))', 'own', ['Everyone']],
    ['a denial alone', 'O:SYD:(D;;FA;;;WD)', 'own', []],
    ['a denial before what is allowed', 'O:SYD:(D;;FW;;;BU)(A;;FA;;;BU)', 'own', ['Users']],
    ['what is audited', 'O:SYD:(A;;FA;;;SY)S:(AU;FA;FA;;;WD)', 'own', []],
    ['no list at all', 'O:SYD:NO_ACCESS_CONTROL', 'own', ['Everyone']],
    ['an empty list', 'O:SYD:P', 'own', []],
    ['two entries of one group', 'O:SYD:(A;;FA;;;BU)(A;;DT;;;BU)', 'own', ['Users']],
    ['the built-in administrator', 'O:LAD:(A;;FA;;;S-1-5-21-1-2-3-500)', 'own', []],
    ['a right that nobody knows', 'O:SYD:(A;;QQ;;;BU)', 'own', undefined],
    ['half of a list', 'O:SYD:(A;;FA;;;BU', 'own', undefined],
    ['another text', 'no rights', 'own', undefined],
    ['nothing', '', 'own', undefined],
  ])('%s', (_what, sddl, use, expected) => {
    expect(othersWhoWrite(sddl, use)).toEqual(expected);
  });

  it('leaves out the one whose folder it is', () => {
    expect(ownerOf(downloads)).toBe(user);
    expect(othersWhoWrite(downloads, 'own', user)).toEqual([]);
    expect(othersWhoWrite(`${downloads}(A;;FA;;;BU)`, 'own', user)).toEqual(['Users']);
  });
});
