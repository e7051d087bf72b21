/**
 * Who may put something in place of what lies in a folder, read from its security descriptor.
 *
 * Format and bits of SDDL: Microsoft documentation, "Security Descriptor String Format", "ACE Strings", "SID Strings",
 * "File Access Rights Constants".
 */

/** `own`: files in it are run or believed. `above`: only whether the folder below it can be exchanged counts. */
export type FolderUse = 'own' | 'above';

const bits: Readonly<Record<string, number>> = {
  GA: 0x1000_0000,
  GX: 0x2000_0000,
  GW: 0x4000_0000,
  GR: 0x8000_0000,
  RC: 0x2_0000,
  SD: 0x1_0000,
  WD: 0x4_0000,
  WO: 0x8_0000,
  FA: 0x1f_01ff,
  FR: 0x12_0089,
  FW: 0x12_0116,
  FX: 0x12_00a0,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
};

const genericAll = 0x1000_0000;
const genericWrite = 0x4000_0000;
const deleteIt = 0x1_0000;
const writeDac = 0x4_0000;
const writeOwner = 0x8_0000;
const deleteChild = 0x40;
const addFile = 0x2;
const addFolder = 0x4;

const exchanges = genericAll | deleteIt | writeDac | writeOwner | deleteChild;
const harmful: Readonly<Record<FolderUse, number>> = {
  own: exchanges | genericWrite | addFile | addFolder,
  above: exchanges,
};

/** Who is an administrator, or stands above them: SYSTEM, Administrators, TrustedInstaller, and two accounts of theirs. */
const trusted =
  /^(?:SY|BA|LA|DA|S-1-5-18|S-1-5-32-544|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464|S-1-5-21-[\d-]+-(?:500|512))$/;

const names: Readonly<Record<string, string>> = {
  WD: 'Everyone',
  'S-1-1-0': 'Everyone',
  BU: 'Users',
  'S-1-5-32-545': 'Users',
  AU: 'Authenticated Users',
  'S-1-5-11': 'Authenticated Users',
  IU: 'Interactive',
  'S-1-5-4': 'Interactive',
  PU: 'Power Users',
  'S-1-5-32-547': 'Power Users',
  BG: 'Guests',
  AN: 'Anonymous',
  OW: 'its owner',
};

/**
 * Names of those who could exchange what lies there, each once; empty where only administrators can. `except`: one more
 * whose rights are no surprise. Undefined where the text is none that is known. Denials are not counted in: whoever is
 * allowed is told of.
 */
export function othersWhoWrite(sddl: string, use: FolderUse, except?: string): readonly string[] | undefined {
  const owner = ownerOf(sddl);
  const start = sddl.indexOf('D:');
  if (start < 0) return undefined;
  const list = sddl.slice(start + 2);
  if (/^[A-Z]*NO_ACCESS_CONTROL/.test(list)) return ['Everyone'];
  const entries = entriesOf(list);
  if (entries === undefined) return undefined;
  const found = new Set<string>();
  const add = (sid: string): void => {
    if (!trusted.test(sid) && sid !== except) found.add(names[sid] ?? `the account ${sid}`);
  };
  // Whoever owns it may give himself every right.
  if (owner !== undefined) add(owner);
  for (const entry of entries) {
    const [type = '', flags = '', rights = '', , , sid = ''] = entry.split(';');
    const isAllowed = /^(?:A|OA|XA|ZA)$/.test(type);
    const isOnlyHandedOn = pairsOf(flags).includes('IO');
    const mask = maskOf(rights);
    if (mask === undefined) return undefined;
    if (isAllowed && !isOnlyHandedOn && (mask & harmful[use]) !== 0) add(sid);
  }
  return [...found];
}

/** The SID or code of the owner; undefined where none is named. */
export function ownerOf(sddl: string): string | undefined {
  return /^O:(S-[\d-]+|[A-Z]{2})/.exec(sddl)?.[1];
}

function pairsOf(letters: string): readonly string[] {
  return letters.match(/../g) ?? [];
}

function maskOf(rights: string): number | undefined {
  if (/^0x[\da-f]+$/i.test(rights)) return Number(rights);
  if (/^\d+$/.test(rights)) return Number(rights);
  if (rights.length % 2 !== 0) return undefined;
  let mask = 0;
  for (const pair of pairsOf(rights)) {
    const bit = bits[pair];
    if (bit === undefined) return undefined;
    mask |= bit;
  }
  return mask;
}

/** What stands in the outer parentheses up to the next part; conditions have parentheses of their own. */
function entriesOf(list: string): readonly string[] | undefined {
  const entries: string[] = [];
  let depth = 0;
  let begun = 0;
  for (let at = 0; at < list.length; at += 1) {
    if (list[at] === '(') {
      if (depth === 0) begun = at + 1;
      depth += 1;
    } else if (list[at] === ')') {
      depth -= 1;
      if (depth === 0) entries.push(list.slice(begun, at));
    } else if (depth === 0 && list.startsWith('S:', at)) break;
  }
  return depth === 0 ? entries : undefined;
}
