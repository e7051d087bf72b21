/** Ends of storage that full packets of an interface do not reach in one piece, while smaller ones do. */
import { largestAnswered } from '#shared/packet-probe.ts';
import { distinctById, listed } from './wording.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { pairTexts, probesOf } from './packet-probes.ts';

export const rule = defineRule({
  id: 'path-mtu',
  severities: ['warning'],
  title: 'Full packets reach the ends of storage in one piece',
  failureTitle: 'Full packets do not reach an end of storage',
  needs: ['NetAdapter', 'NetIPAddress', 'PacketProbe'],
  fixes: [],
  appliesTo: {
    needs: [],
    notApplicable: (facts) =>
      facts.snapshot.readings.PacketProbe.status === 'not-asked'
        ? 'Nobody asked for packets to be sent: switchyard check --probe-packets, or the table Packet sizes in the app.'
        : appliesToStorageInterfaces.notApplicable(facts),
  },
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse,
      see: ({ interface: found }) => {
        const { tooBig, doubt } = probesOf(facts, found);
        if (doubt !== undefined) return { doubt };
        return tooBig.length > 0 ? { bad: { found, lost: tooBig } } : 'well';
      },
      report: (bad) => {
        const lost = bad.flatMap((one) => one.lost);
        const pairs = bad.flatMap(({ found, lost: of }) => of.map((one) => ({ found, one })));
        const alike = Map.groupBy(pairs, ({ one }) => `${one.packetBytes ?? 0} ${largestAnswered(one)}`);
        const said = [...alike].map(([sizes, of]) => {
          const [full, answered] = sizes.split(' ');
          return `packets of ${full} bytes from ${listed(of.map(({ found }) => found.name))} do not reach ${listed(of.map(({ one }) => one.destinationAddress))} in one piece, while such of ${answered} bytes are answered`;
        });
        const reached = new Set(lost.map(({ destinationAddress }) => destinationAddress));
        const ends = facts.model.targetPortals.filter(({ address }) => reached.has(address));
        return {
          severity: 'warning',
          message: `Sent as a trial, ${said.join('; ')}: connections that agreed on the larger size hang or crawl under load.`,
          subjects: [bad[0].found, ...bad.slice(1).map(({ found }) => found), ...distinctById(ends)],
          evidence: { packetsLost: pairTexts(lost) },
          advice:
            'Find who takes less: the VLAN and each port of the switches on the way, then the end itself. Set one size from end to end, or set the interface back to what passes.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap: storageInterfaces(facts).gap,
    }),
});
