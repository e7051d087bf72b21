/** RDMA switched on for some of the adapters that SMB storage could use alike, and off for others. */
import { recordOf, distinctSpeeds } from './adapter-facts.ts';
import { adapterById, type HostInterface } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, defaultRouteIndices, storageInterfaces } from './interface-uses.ts';
import { isStorageChannel, judgedServers } from './smb-storage.ts';
import { storageTeams } from './storage-teams.ts';
import { distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'rdma-partial',
  severities: ['warning'],
  title: 'RDMA is on for all adapters of SMB storage, or for none',
  failureTitle: 'RDMA is on for some adapters of SMB storage only',
  needs: ['NetAdapter', 'NetRoute', 'NetAdapterRdma'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: pathSets(facts),
      see: (set) => {
        const told = set.flatMap((found) => {
          const rdma = recordOf(facts, 'NetAdapterRdma', found);
          return rdma === undefined ? [] : [{ found, isOn: rdma.enabled }];
        });
        if (told.length < 2) return 'not-about';
        const on = told.flatMap(({ found, isOn }) => (isOn ? [found] : []));
        const off = told.flatMap(({ found, isOn }) => (isOn ? [] : [found]));
        return on.length > 0 && off.length > 0 ? { bad: { on, off } } : 'well';
      },
      report: (bad) =>
        bad.map(({ on, off }) => {
          const [first, ...others] = [...off, ...on];
          return {
            severity: 'warning',
            message: `RDMA is on for ${listed(on.map(({ name }) => name))} and off for ${listed(off.map(({ name }) => name))}: SMB uses one kind of interface at a time and prefers RDMA, so the others stay idle or traffic falls back to TCP where it lands on them.`,
            subjects: [first ?? facts.model.host, ...others],
            evidence: { on: on.map(({ name }) => name), off: off.map(({ name }) => name) },
            advice:
              'Switch it on for all of them (Enable-NetAdapterRdma), one adapter at a time; that restarts it.',
          };
        }),
      none: 'No SMB storage of this host uses several adapters that can do RDMA.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterRdma', 'NetRoute'],
    }),
});

/** Interfaces of one speed that SMB knows to one server, and members of one team under SMB storage. */
function pathSets(facts: HostFacts): readonly (readonly HostInterface[])[] {
  const { model } = facts;
  const holders = defaultRouteIndices(facts);
  const byServer = judgedServers(model).map((server) => {
    const own = server.channels.flatMap((channel) =>
      isStorageChannel(server, channel) ? (adapterById(model, channel.clientInterfaceId) ?? []) : [],
    );
    const usable = distinctById(own).filter(
      ({ isUp, interfaceIndex }) => isUp && !holders.has(interfaceIndex),
    );
    const fastest = distinctSpeeds(usable).at(-1);
    return usable.filter(({ speedBitsPerSecond }) => speedBitsPerSecond === fastest);
  });
  const byTeam = storageTeams(facts).flatMap(({ team, over, active }) =>
    team.technology === 'set' && over.some(({ channels }) => channels.length > 0) ? [active] : [],
  );
  const sets = new Map(
    [...byServer, ...byTeam].map((set) => [
      set
        .map(({ id }) => id)
        .sort()
        .join(' '),
      set,
    ]),
  );
  return [...sets.values()];
}
