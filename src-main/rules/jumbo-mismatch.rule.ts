/** An interface of storage that sends larger packets than an adapter under it takes. */
import { driverSetting } from './adapter-facts.ts';
import { mtuOf } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { pairTexts, probesOf } from './packet-probes.ts';
import { listed } from './wording.ts';

const standardMtu = 1500;

export const rule = defineRule({
  id: 'jumbo-mismatch',
  severities: ['warning'],
  title: 'Adapters take the packets that storage interfaces send',
  failureTitle: 'A storage interface sends larger packets than an adapter under it takes',
  needs: ['NetAdapter', 'NetIPInterface', 'NetAdapterAdvancedProperty'],
  fixes: ['jumbo-along-route'],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse,
      see: ({ interface: found, adapters }) => {
        const mtu = mtuOf(facts, found);
        if (mtu === undefined) return { doubt: `The packet size of ${found.name} is not known.` };
        if (mtu <= standardMtu) return 'well';
        const told = adapters.map((adapter) => ({
          adapter,
          frame: driverSetting(facts, adapter, '*JumboPacket'),
        }));
        // Makers count the frame with or without its header of 14 bytes: only what is too small both ways is told.
        const small = told.filter(({ frame }) => frame !== undefined && frame < mtu);
        const { passed, tooBig } = probesOf(facts, found);
        // Through one adapter every packet goes the same way: what passed there was not too large, whatever is set.
        const hasPassed = told.length === 1 && passed.length > 0 && tooBig.length === 0;
        if (hasPassed && passed.every(({ packetBytes }) => (packetBytes ?? 0) >= mtu)) return 'well';
        if (small.length > 0) return { bad: { found, mtu, small, lost: tooBig } };
        return told.length === 0 || told.some(({ frame }) => frame === undefined)
          ? { doubt: `The largest frame of the adapters under ${found.name} is not known.` }
          : 'well';
      },
      report: (bad) => {
        const said = bad.map(
          ({ found, mtu, small }) =>
            `${found.name} sends packets of ${mtu} bytes, while ${listed(small.map(({ adapter, frame }) => `${adapter.name} takes frames of ${frame ?? 0} bytes`))}`,
        );
        const lost = bad.flatMap((one) => one.lost);
        const adapters = [
          ...new Map(bad.flatMap(({ small }) => small.map(({ adapter }) => [adapter.id, adapter]))).values(),
        ];
        return {
          severity: 'warning',
          message: `${said.join('; ')}: large packets are lost there, small ones pass, so sessions connect and then hang or crawl.`,
          subjects: [
            bad[0].found,
            ...bad.slice(1).map(({ found }) => found),
            ...adapters.filter(({ id }) => bad.every(({ found }) => found.id !== id)),
          ],
          evidence: {
            interfaces: bad.map(({ found, mtu }) => `${found.name}: ${mtu}`),
            adapters: bad.flatMap(({ small }) =>
              small.map(({ adapter, frame }) => `${adapter.name}: ${frame ?? 0}`),
            ),
            ...(lost.length > 0 && { packetsLost: pairTexts(lost) }),
          },
          advice:
            'Set one size from end to end: physical adapters first, one after the other (keyword *JumboPacket; the adapter restarts), then vNICs, with switch and array agreeing. Back to 1500 on the interface is the quick way out.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetIPInterface', 'NetAdapterAdvancedProperty'],
    }),
});
