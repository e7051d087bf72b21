/** SMB storage over vNICs on a Windows whose host vNICs have no receive side scaling. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vnic-rss',
  severities: ['info'],
  title: 'vNICs with SMB storage can scale over processors',
  failureTitle: 'vNICs with SMB storage cannot scale over processors on this Windows',
  needs: ['OperatingSystem', 'NetAdapter', 'VMSwitch', 'VMNetworkAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse.flatMap(({ interface: found, channels }) =>
        found.kind === 'vnic' && channels.length > 0 ? [found] : [],
      ),
      see: (vnic) => {
        const { release } = facts.model.host;
        if (release === undefined) return { doubt: 'The release of Windows is not known.' };
        return release === '2012' || release === '2012R2' ? { bad: { vnic, release } } : 'well';
      },
      report: (bad) => {
        const names = bad.map(({ vnic }) => vnic.name);
        return {
          severity: 'info',
          message: `SMB storage leaves by ${listed(names)}: host vNICs have no receive side scaling on Server ${bad[0].release === '2012R2' ? '2012 R2' : '2012'}, so one processor limits each of them, to about 4.5 Gb/s on 10 Gb/s as measured once.`,
          subjects: [bad[0].vnic, ...bad.slice(1).map(({ vnic }) => vnic)],
          evidence: { vnics: names, release: bad[0].release },
          advice:
            'Expect about a tenth less than over adapters without a vSwitch at 1 Gb/s. With 10 Gb/s adapters give SMB adapters of its own, or several vNICs.',
        };
      },
      none: 'No SMB storage of this host leaves by a vNIC.',
      gap: storageInterfaces(facts).gap,
    }),
});
