/** A target that gets all that a ceiling allows: what holds it back is known then. */
import { appliesToCountedTraffic, lasted, onTraffic } from './counted-traffic.ts';
import { defineRule } from './define-rule.ts';

export const rule = defineRule({
  id: 'near-ceiling',
  severities: ['info'],
  title: 'No target is held back by its links',
  failureTitle: 'A target gets all that its links or its one stream allow',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToCountedTraffic,
  evaluate: (facts) =>
    onTraffic(facts, ({ nearCeilings }) =>
      // One finding of a target that is near in both directions: its subject is the target, and an id is there once.
      [...Map.groupBy(nearCeilings, ({ targetId }) => targetId).values()].flatMap((both) => {
        const [near] = both.toSorted((a, b) => b.use - a.use);
        if (near === undefined) return [];
        const { targetId, name, direction, ceiling, ceilingBitsPerSecond, use, isOneStream } = near;
        const target = {
          id: targetId,
          name,
          kind: facts.model.disks.some(({ id }) => id === targetId) ? 'disk' : 'target',
        } as const;
        return [
          {
            severity: 'info' as const,
            message: both.map(({ message }) => message).join(' '),
            subjects: [target],
            measured: { sinceMs: near.sinceMs, untilMs: near.untilMs },
            evidence: {
              target: name,
              direction,
              ceiling,
              ceilingBitsPerSecond,
              percent: Math.round(use * 100),
              seconds: lasted(near),
              isOneStream,
            },
            advice: isOneStream
              ? 'More adapters, members or sessions do not make one stream faster; they let several run side by side. Only a faster link does.'
              : 'More or faster links would be used. See under what if which of them helps.',
          },
        ];
      }),
    ),
});
