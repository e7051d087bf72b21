/** Evidence for people: `{ linkBitsPerSecond: 1000000000 }` → "link 1 Gb/s". */
import type { EvidenceValue, Finding } from './finding.ts';
import { formatAmount, formatBitsPerSecond, formatBytesPerSecond } from './units.ts';

export interface EvidenceLine {
  readonly label: string;
  readonly value: string;
}

type Scalar = string | number | boolean | null;

/** Units stand at the end of the names; the longer one first where one ends in the other. */
const units: readonly (readonly [suffix: string, format: (value: number) => string])[] = [
  ['BitsPerSecond', formatBitsPerSecond],
  ['BytesPerSecond', formatBytesPerSecond],
  ['DurationMs', (value) => `${value} ms`],
  ['Ms', (value) => `${value} ms`],
  ['Seconds', (value) => `${value} s`],
  // A size of packets is read as it is set; an amount of traffic is not counted by the byte.
  ['Bytes', (value) => (value < 1e6 ? `${value} bytes` : formatAmount(value))],
  ['Milliseconds', (value) => `${Number(value.toPrecision(3))} ms`],
  ['Percent', (value) => `${value} %`],
];

/** Names that are a unit and nothing else: what was counted, and for how long. */
const bareUnits: Readonly<
  Record<string, { readonly label: string; readonly format: (value: number) => string }>
> = {
  bytes: { label: 'moved', format: formatAmount },
  seconds: { label: 'for', format: (value) => `${value} s` },
  percent: { label: 'share', format: (value) => `${value} %` },
};

export function evidenceLines(evidence: Finding['evidence']): EvidenceLine[] {
  return Object.entries(evidence).map(([name, value]) => {
    const bare = Object.hasOwn(bareUnits, name) ? bareUnits[name] : undefined;
    if (bare !== undefined) return { label: bare.label, value: shown(value, bare.format) };
    const unit = units.find(([suffix]) => name.endsWith(suffix) && name !== suffix);
    const named = unit === undefined ? name : name.slice(0, -unit[0].length);
    const what = unit?.[0] === 'BitsPerSecond' && !/(link|speed)$/i.test(named) ? ' speed' : '';
    return { label: `${spaced(named)}${what}`, value: shown(value, unit?.[1]) };
  });
}

function shown(value: EvidenceValue, format: ((value: number) => string) | undefined): string {
  const one = (item: Scalar): string => {
    if (item === null) return 'not known';
    if (typeof item === 'boolean') return item ? 'yes' : 'no';
    return typeof item === 'number' && format ? format(item) : String(item);
  };
  if (typeof value !== 'object' || value === null) return one(value);
  if (value.length === 0) return 'none';
  // "4 x 1 Gb/s" for four members alike.
  const isAlike = value.length > 1 && value.every((item) => item === value[0]);
  return isAlike ? `${value.length} x ${one(value[0] ?? null)}` : value.map(one).join(', ');
}

/** What people write in capitals, or in another word. */
const written: Readonly<Record<string, string>> = {
  iscsi: 'iSCSI',
  lb: 'load balancing',
  mpio: 'MPIO',
  mtu: 'MTU',
  nic: 'NIC',
  nics: 'NICs',
  rdma: 'RDMA',
  rss: 'RSS',
  smb: 'SMB',
  vlan: 'VLAN',
  vnic: 'vNIC',
  vnics: 'vNICs',
  vswitch: 'vSwitch',
};

/** `teamNicCount` → "team NIC count". */
function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => written[word.toLowerCase()] ?? word.toLowerCase())
    .join(' ');
}
