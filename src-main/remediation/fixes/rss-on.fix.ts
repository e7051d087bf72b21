/** Receive side scaling switched on, one adapter after the other: each starts anew. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { NetAdapterRssRecord } from '#shared/host/network-records.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixFacts, type Step } from '../define-fix.ts';
import { adapterValue, interfacesMeant } from '../interface-values.ts';

function rssOf({ snapshot: { readings } }: FixFacts, name: string): NetAdapterRssRecord | undefined {
  return readings.NetAdapterRss.status === 'ok'
    ? readings.NetAdapterRss.records.find((one) => nameKey(one.name) === nameKey(name))
    : undefined;
}

export const fix = defineFix({
  id: 'rss-on',
  title: 'Switch receive side scaling on',
  impact: 'link',
  needs: ['NetAdapter', 'NetAdapterRss'],
  order: 70,
  precheck: (request): readonly Refusal[] =>
    interfacesMeant(request)
      .filter(({ name }) => rssOf(request, name)?.enabled === true)
      .map(({ name }) => ({
        reason: 'does-not-fit',
        message: `Receive side scaling is on at ${name} already, with a single queue: how many there are is a setting of its driver.`,
        remedy: 'Raise the number of queues in the settings of the driver (keyword *NumRssQueues).',
      })),
  plan: (request) =>
    interfacesMeant(request)
      .filter(({ name }) => rssOf(request, name)?.enabled === false)
      .map((found): Step => {
        const adapter = { Name: adapterValue(found) };
        return {
          title: `${found.name} spreads what it receives over processors; it starts anew for that.`,
          commands: [{ cmdlet: 'Enable-NetAdapterRss', parameters: adapter }],
          changes: [{ of: entityOf(found), property: 'RSS Enabled', before: 'False', after: 'True' }],
          impact: 'link',
          takesDown: [found.id],
          verify: {
            says: `Receive side scaling is on at ${found.name}, and the adapter is up.`,
            observations: ['NetAdapter', 'NetAdapterRss'],
            settleSeconds: 60,
            differs: (now) => {
              if (rssOf(now, found.name)?.enabled !== true) return `It is off at ${found.name}.`;
              const isUp = now.model.adapters.find(({ id }) => id === found.id)?.isUp;
              return isUp === true ? undefined : `${found.name} is not up.`;
            },
          },
          undo: [{ cmdlet: 'Disable-NetAdapterRss', parameters: adapter }],
        };
      }),
});
