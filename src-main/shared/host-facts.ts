/** What the host is, in lines: Windows, machine, roles, rights. What could not be observed says so. */
import type { Check } from './finding.ts';
import type { Reading } from './host/snapshot.ts';
import type { HostRecords } from './observed.ts';
import { releaseText } from './release-text.ts';

export interface HostFact {
  readonly label: string;
  readonly text: string;
  readonly isUnknown: boolean;
}

/** The roles that a path to storage or its judgement rests on, under the names that Server Manager shows. */
const roles: readonly (readonly [feature: string, name: string])[] = [
  ['Hyper-V', 'Hyper-V'],
  ['Multipath-IO', 'Multipath I/O'],
  ['Failover-Clustering', 'Failover Clustering'],
  ['FS-FileServer', 'File Server'],
  ['FS-iSCSITarget-Server', 'iSCSI Target Server'],
  ['Data-Center-Bridging', 'Data Center Bridging'],
  ['NetworkATC', 'Network ATC'],
];

function first<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.status === 'ok' ? reading.records[0] : undefined;
}

/** 1033 → "English (United States)". The languages of Windows by their numbers; others stay numbers. */
const languages: Readonly<Record<number, string>> = {
  1028: 'Chinese (Taiwan)',
  1029: 'Czech',
  1031: 'German (Germany)',
  1033: 'English (United States)',
  1036: 'French (France)',
  1038: 'Hungarian',
  1040: 'Italian (Italy)',
  1041: 'Japanese',
  1042: 'Korean',
  1043: 'Dutch (Netherlands)',
  1045: 'Polish',
  1046: 'Portuguese (Brazil)',
  1049: 'Russian',
  1053: 'Swedish',
  1055: 'Turkish',
  2052: 'Chinese (China)',
  2070: 'Portuguese (Portugal)',
  3082: 'Spanish (Spain)',
};

function fact(label: string, text: string | undefined): HostFact {
  return { label, text: text ?? 'unknown', isUnknown: text === undefined };
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}

function rolesText(records: HostRecords | undefined): string | undefined {
  const reading = records?.features;
  if (reading?.status !== 'ok') return undefined;
  const installed = new Set(reading.records.filter(({ isInstalled }) => isInstalled).map(({ name }) => name));
  const found = roles.filter(([feature]) => installed.has(feature)).map(([, name]) => name);
  return found.length === 0 ? 'none of those that storage paths rest on' : found.join(', ');
}

/** `records` undefined: not there yet. */
export function hostFacts(
  { model, host }: Pick<Check, 'model' | 'host'>,
  records: HostRecords | undefined,
): readonly HostFact[] {
  const machine = first(records?.computer);
  const system = first(records?.operatingSystem);
  const language = system?.osLanguage;
  const maker = [machine?.manufacturer, machine?.model].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  const { isVirtualMachine, isClusterNode, buildNumber } = model.host;
  return [
    fact('Name', host.name),
    fact('Windows', model.host.caption === undefined ? undefined : releaseText(model.host)),
    fact('Build', buildNumber === undefined ? undefined : String(buildNumber)),
    fact('Language', language === undefined ? undefined : (languages[language] ?? `number ${language}`)),
    fact('Computer', maker.length === 0 ? undefined : maker.join(' ')),
    fact('Virtual machine', yesNo(isVirtualMachine)),
    fact('Domain', machine === undefined ? undefined : (machine.domain ?? 'none')),
    fact('Cluster node', yesNo(isClusterNode)),
    fact('Roles', rolesText(records)),
    fact('Looked at', host.elevated ? 'elevated' : 'not elevated'),
    fact('PowerShell', host.powershell),
    fact('Language mode', host.languageMode),
  ];
}
