/** A storage vNIC that is held below its link. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { distinctSpeeds } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vnic-bandwidth-cap',
  severities: ['info'],
  title: 'No storage vNIC is held below its link',
  failureTitle: 'A storage vNIC is held below its link',
  needs: ['NetAdapter', 'VMSwitch', 'VMNetworkAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse.flatMap(({ interface: found, adapters }) =>
        found.kind === 'vnic' ? [{ vnic: found, adapters }] : [],
      ),
      see: ({ vnic, adapters }) => {
        const cap = vnic.maximumBandwidthBitsPerSecond;
        if (cap === undefined) return { doubt: `Whether ${vnic.name} has a limit is not known.` };
        if (cap === null) return 'well';
        const link = distinctSpeeds(adapters).at(-1);
        if (link === undefined) return { doubt: `The speed of the link under ${vnic.name} is not known.` };
        return cap < link ? { bad: { vnic, cap, link } } : 'well';
      },
      report: (bad) => ({
        severity: 'info',
        message: `${listed(bad.map(({ vnic, cap, link }) => `${vnic.name} (${formatBitsPerSecond(cap)} of ${formatBitsPerSecond(link)})`))} ${bad.length === 1 ? 'is' : 'are'} held below the link by a bandwidth limit: storage over ${bad.length === 1 ? 'it' : 'them'} gets no more.`,
        subjects: [bad[0].vnic, ...bad.slice(1).map(({ vnic }) => vnic)],
        evidence: {
          vnics: bad.map(({ vnic }) => vnic.name),
          limitBitsPerSecond: bad.map(({ cap }) => cap),
          linkBitsPerSecond: bad.map(({ link }) => link),
        },
        advice:
          'If the limit is meant, leave it. A minimum weight for the other traffic protects it as well and lets storage use what is free.',
      }),
      none: 'No storage of this host leaves by a vNIC.',
      gap: storageInterfaces(facts).gap,
    }),
});
