/** The traffic classes of data center bridging that somebody defined on this host. */
import type { NetQosTrafficClassRecord } from '#shared/host/network-records.ts';
import type { HostFacts } from './define-rule.ts';

/** Without `[Default]`, which Windows always has. */
export function ownTrafficClasses({ snapshot }: HostFacts): readonly NetQosTrafficClassRecord[] {
  const { NetQosTrafficClass } = snapshot.readings;
  return NetQosTrafficClass.status === 'ok'
    ? NetQosTrafficClass.records.filter(({ name }) => !name.startsWith('['))
    : [];
}

export const noTrafficClass = 'This host defines no traffic classes of its own.';
