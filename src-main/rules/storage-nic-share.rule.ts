/** Whose traffic the adapters carry, measured: it decides whether another layout of storage is worth the work. */
import { appliesToCountedTraffic, onTraffic } from './counted-traffic.ts';
import { defineRule } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';

export const rule = defineRule({
  id: 'storage-nic-share',
  severities: ['info'],
  title: 'Whose traffic the adapters carry is not known to matter',
  failureTitle: 'Whose traffic the adapters carry',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToCountedTraffic,
  evaluate: (facts) =>
    onTraffic(facts, ({ whose: { owners, advice, text, window } }) => {
      const [first, ...others] = storageInterfaces(facts).inUse.map(({ interface: found }) => found);
      if (first === undefined) {
        return { notApplicable: 'No network interface of this host carries storage traffic.' };
      }
      if (advice === 'open' || window === null) return { notApplicable: text };
      return [
        {
          severity: 'info' as const,
          message: text,
          subjects: [first, ...others],
          measured: { sinceMs: window.fromMs, untilMs: window.toMs },
          evidence: {
            ...Object.fromEntries(
              owners.map(({ owner, share }) => [`${owner}Percent`, Math.round(share * 100)]),
            ),
            countedBytes: Math.round(window.bytes),
            windowSeconds: Math.round((window.toMs - window.fromMs) / 1000),
          },
          advice: {
            'worth-changing':
              'Where other findings or the ceilings ask for another layout of storage, the work is worth it here. Where they do not, leave it.',
            'leave-it': 'Leave the layout of storage as it is: it would gain little.',
            mixed: 'Look at the shares before you change anything, and measure while storage is busy.',
          }[advice],
        },
      ];
    }),
});
