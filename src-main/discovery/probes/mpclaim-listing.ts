/**
 * Reads the listings of mpclaim by position, codes and digits, so that the language of the host does not matter.
 *
 * What only words say (the state of a path, the policy in a heading) is read from the English words, the one
 * language known for certain, and left out in others.
 */
import type { LbPolicy, MpioPathRecord, MpioPathState } from '#shared/host/storage-records.ts';
import { lbPolicies } from '#shared/host/storage-records.ts';
import { scsiAddressOf } from './storage-values.ts';

/** What one or several listings say about one MPIO disk. */
export interface ListedDisk {
  /** The number in "MPIO Disk3", which is not the disk number of Windows. */
  readonly mpioNumber: number;
  diskNumber?: number;
  serialNumber?: string;
  lbPolicy?: LbPolicy;
  dsmName?: string;
  statedPathCount?: number;
  /** Undefined where no listing had a part of its own for the disk. */
  paths?: MpioPathRecord[];
}

const codes = lbPolicies.join('|');
/** `MPIO Disk1   Disk 3   RR   Microsoft DSM`; the words before the numbers are in the host's language. */
const listRow = new RegExp(`^\\s*\\D*?(\\d+)\\s+\\D*?(\\d+)\\s+(${codes}|None)\\s+(\\S.*?)\\s*$`);
/** `MPIO Disk0: 04 Paths, Round Robin, Symmetric Access`. */
const heading = /^\s*\D+?(\d+)\s*[:：]\s*(\d{1,4})\s+([^\d\s].*?)\s*$/;
/** `0000000077050007 Active/Optimized   005|000|007|001   0`; a star marks the preferred path. */
const pathRow = /^\s*(\*?)\s*([0-9a-f]{16})\s+(\S.*?)\s+(\d{1,3}\|\d{1,3}\|\d{1,3}\|\d{1,3})\s*(\d+)?\s*$/i;
const labelled = /^\s*([^:：]{1,80}?)\s*[:：]\s*(\S.*?)\s*$/;
const underline = /^\s*[=]{3,}\s*$/;

const policyWords: ReadonlyMap<string, LbPolicy> = new Map([
  ['fail over only', 'FOO'],
  ['round robin', 'RR'],
  ['round robin with subset', 'RRWS'],
  ['least queue depth', 'LQD'],
  ['weighted paths', 'WP'],
  ['least blocks', 'LB'],
  ['vendor specific', 'VS'],
]);

const stateWords: ReadonlyMap<string, MpioPathState> = new Map([
  ['active/optimized', 'Active/Optimized'],
  ['active/unoptimized', 'Active/Unoptimized'],
  ['standby', 'Standby'],
  ['unavailable', 'Unavailable'],
  ['failed', 'Failed'],
  ['invalidated', 'Failed'],
  ['remove pending', 'Failed'],
  ['removed', 'Failed'],
]);

function isPolicy(code: string | undefined): code is LbPolicy {
  return lbPolicies.some((policy) => policy === code);
}

/** The disks of these lines, by their MPIO number, added to what is known of them. */
export function readListing(lines: readonly string[], disks: Map<number, ListedDisk>): void {
  let current: ListedDisk | undefined;
  let sectionDsm: string | undefined;
  let previous = '';
  const disk = (digits: string | undefined): ListedDisk => {
    const mpioNumber = Number(digits);
    const known = disks.get(mpioNumber) ?? { mpioNumber };
    disks.set(mpioNumber, known);
    return known;
  };
  for (const line of lines) {
    const row = listRow.exec(line);
    const head = heading.exec(line);
    const path = pathRow.exec(line);
    const label = labelled.exec(line);
    if (row !== null) {
      const listed = disk(row[1]);
      listed.diskNumber = Number(row[2]);
      // The list says it in codes, which no language changes: it counts before the words of a heading.
      if (isPolicy(row[3])) listed.lbPolicy = row[3];
      if (row[4] !== undefined) listed.dsmName = row[4];
    } else if (head !== null) {
      current = disk(head[1]);
      current.statedPathCount = Number(head[2]);
      current.paths = [];
      const policy = policyWords.get((head[3]?.split(',')[1] ?? '').trim().toLowerCase());
      if (policy !== undefined) current.lbPolicy ??= policy;
      if (sectionDsm !== undefined) current.dsmName ??= sectionDsm;
    } else if (path !== null) {
      current?.paths?.push(pathOf(path));
    } else if (underline.test(line)) {
      // A whole snapshot has a section for each DSM, its name underlined.
      if (previous.trim() !== '' && !/[:：|]/.test(previous)) sectionDsm = previous.trim();
    } else if (label !== null && current?.paths?.length === 0) {
      readLabel(current, label[1] ?? '', label[2] ?? '');
    }
    previous = line;
  }
}

function pathOf([, star, id, state, address, weight]: RegExpExecArray): MpioPathRecord {
  const known = stateWords.get((state ?? '').trim().toLowerCase());
  const scsiAddress = scsiAddressOf(address ?? '');
  return {
    pathId: (id ?? '').toLowerCase(),
    ...(known === undefined ? {} : { state: known }),
    ...(scsiAddress === undefined ? {} : { scsiAddress }),
    ...(weight === undefined ? {} : { weight: Number(weight) }),
    isPreferred: star === '*',
  };
}

/** Between a heading and its paths: the DSM, the serial number, the policies that it could have. */
function readLabel(disk: ListedDisk, name: string, value: string): void {
  if (value.split(/\s+/).every((word) => isPolicy(word))) return;
  if (/^SN$/i.test(name) || /^[0-9A-F]{16,}$/i.test(value)) disk.serialNumber ??= value;
  else if (/DSM/i.test(name)) disk.dsmName ??= value;
}
