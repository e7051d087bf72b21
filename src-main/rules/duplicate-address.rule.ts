/** One address in use twice: on two interfaces of the host, or by another machine. */
import type { Address } from '#shared/host/host-model.ts';
import { isLinkLocalIp, isLoopbackIp } from '../path-graph/ip.ts';
import { interfaceById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'duplicate-address',
  severities: ['error'],
  title: 'No address is in use twice',
  failureTitle: 'An address is in use twice',
  needs: ['NetAdapter', 'NetIPAddress'],
  fixes: [],
  evaluate: (facts) => {
    const { model } = facts;
    const byAddress = new Map<string, Address[]>();
    for (const address of model.addresses) {
      // An address without a listed interface is the cluster's or the loopback's.
      if (address.interfaceId === undefined) continue;
      if (isLinkLocalIp(address.ipAddress) || isLoopbackIp(address.ipAddress)) continue;
      const there = byAddress.get(address.ipAddress);
      if (there === undefined) byAddress.set(address.ipAddress, [address]);
      else there.push(address);
    }
    return conclude(facts, {
      things: [...byAddress],
      see: ([ipAddress, held]) => {
        const interfaces = held.flatMap(({ interfaceId }) => interfaceById(model, interfaceId) ?? []);
        const isRefused = held.some(({ state }) => /^duplicate$/i.test(state ?? ''));
        const isTwice = new Set(interfaces.filter(({ isUp }) => isUp).map(({ id }) => id)).size > 1;
        const [first, ...others] = interfaces;
        if ((isRefused || isTwice) && first !== undefined) {
          return { bad: { ipAddress, interfaces: [first, ...others] as const, isRefused } };
        }
        return held.some(({ state }) => state === undefined)
          ? { doubt: `The state of ${ipAddress} is not known.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ ipAddress, interfaces, isRefused }) => {
          const names = interfaces.map(({ name }) => name);
          return {
            severity: 'error',
            message: `${ipAddress} is in use twice: ${names.length > 1 ? `${listed(names)} hold it` : `${names[0] ?? ''} holds it, and so does another machine`}${isRefused ? ', and Windows has marked it as a duplicate and does not use it' : ''}.`,
            subjects: interfaces,
            evidence: { address: ipAddress, interfaces: names, isRefusedByWindows: isRefused },
            advice:
              'Give one of the two another address. After that the sessions bound to it have to be made again.',
          };
        }),
      none: 'No interface of this host has an address.',
      isForGuests: true,
    });
  },
});
