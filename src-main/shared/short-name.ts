/** Names as short as they can be and still tell things apart. */
import type { Entity } from './host/host-model.ts';

/**
 * A name for where room is short: an IQN says little before its last part, a session identifier counts its
 * sessions there, and the column already says what a port or a vNIC is. The whole name is in the tooltip and the table.
 */
export function shortName({ kind, name }: Entity): string {
  if (kind === 'target' && /^(iqn|eui|naa)\./i.test(name)) return name.slice(name.lastIndexOf(':') + 1);
  if (kind === 'target-portal') return name.replace(/:3260$/, '');
  if (kind === 'vnic') return /^vEthernet \((.+)\)$/.exec(name)?.[1] ?? name;
  const session = kind === 'session' ? /-4000013700*([0-9a-f]+)$/i.exec(name)?.[1] : undefined;
  return session === undefined ? name : `Session ${Number.parseInt(session, 16)}`;
}
