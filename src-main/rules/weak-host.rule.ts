/** Weak host sending on a storage interface: packets may leave with the address of another interface. */
import { familyOf, ipInterfaceOf } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'weak-host',
  severities: ['warning'],
  title: 'Storage interfaces send with their own addresses only',
  failureTitle: 'A storage interface may send with the address of another',
  needs: ['NetAdapter', 'NetIPInterface'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse.map((one) => one.interface),
      see: (found) => {
        const isWeak = ipInterfaceOf(facts, found, familyOf(facts, found))?.sendsAsWeakHost;
        if (isWeak === undefined)
          return { doubt: `Whether ${found.name} sends as a weak host is not known.` };
        return isWeak ? { bad: found } : 'well';
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'warning',
          message: `${listed(names)} ${names.length === 1 ? 'carries' : 'carry'} storage with weak host sending switched on: a session bound to one address may leave by another adapter, so that two paths share one link.`,
          subjects: [first, ...others],
          evidence: { interfaces: names },
          advice:
            'Switch it off (Set-NetIPInterface -WeakHostSend Disabled) unless a cluster or a load balancer on this host asks for it.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetIPInterface'],
      isForGuests: true,
    }),
});
