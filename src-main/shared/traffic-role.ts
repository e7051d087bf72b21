/** What an interface is there for, and what its name says of it. */

/** One interface may have several uses. */
export type TrafficRole = 'storage' | 'management' | 'vm' | 'live-migration' | 'cluster' | 'backup';

const roleNames: readonly (readonly [TrafficRole, RegExp])[] = [
  ['backup', /backup|sicherung|バックアップ/iu],
  ['live-migration', /live.?migration|\blm\d*\b/iu],
  ['cluster', /cluster|heartbeat|\bcsv\b/iu],
  ['storage', /iscsi|storage|\bsan\b|\bsmb|speicher|stockage|almacenamiento|ストレージ/iu],
  ['management', /management|\bmgmt|verwaltung|管理/iu],
];

/** A guess: people name interfaces as they like. */
export function roleNamed(name: string): TrafficRole | undefined {
  return roleNames.find(([, pattern]) => pattern.test(name))?.[0];
}
