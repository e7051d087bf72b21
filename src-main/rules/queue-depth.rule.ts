/** A disk whose queue stays deep while its requests take longer than they used to. */
import { appliesToCountedTraffic, lasted, onTraffic } from './counted-traffic.ts';
import { defineRule } from './define-rule.ts';

export const rule = defineRule({
  id: 'queue-depth',
  severities: ['warning'],
  title: 'No disk has requests waiting for long',
  failureTitle: 'A disk cannot keep up with what is asked of it',
  needs: ['Disk'],
  fixes: [],
  appliesTo: appliesToCountedTraffic,
  evaluate: (facts) =>
    onTraffic(facts, ({ queues }) =>
      // Busy and as quick as ever: such a disk does its work.
      queues
        .filter(({ isHealthy }) => !isHealthy)
        .map(({ disk, depth, paths, latencyMs, usualLatencyMs, message, ...time }) => ({
          severity: 'warning' as const,
          message,
          subjects: [disk],
          measured: time,
          evidence: {
            disk: disk.name,
            requestsPerPath: Math.round(depth * 10) / 10,
            paths,
            seconds: lasted(time),
            latencyMilliseconds: latencyMs,
            usualLatencyMilliseconds: usualLatencyMs,
          },
          advice:
            'Find out what asks so much of it, and whether the storage or the way to it is at its end: see the ceilings of its target and what is measured beside them. More paths help only where the links are full.',
        })),
    ),
});
