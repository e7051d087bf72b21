/** Energy-Efficient Ethernet switched off on storage adapters, one after the other: each starts anew. */
import { entityOf } from '#shared/entity.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixFacts, type Step } from '../define-fix.ts';
import { adapterValue, interfacesMeant } from '../interface-values.ts';

/** Standard keyword of network drivers. */
const keyword = '*EEE';

function valueNow({ snapshot: { readings } }: FixFacts, name: string): string | undefined {
  const { NetAdapterAdvancedProperty } = readings;
  return NetAdapterAdvancedProperty.status === 'ok'
    ? NetAdapterAdvancedProperty.records.find(
        (one) => nameKey(one.name) === nameKey(name) && nameKey(one.registryKeyword) === nameKey(keyword),
      )?.registryValue[0]
    : undefined;
}

export const fix = defineFix({
  id: 'eee-off',
  title: 'Switch Energy-Efficient Ethernet off on storage adapters',
  impact: 'link',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty'],
  order: 72,
  plan: (request) =>
    interfacesMeant(request).flatMap((found): Step[] => {
      const before = valueNow(request, found.name);
      if (before === undefined || before === '0') return [];
      const set = (RegistryValue: string) => ({
        cmdlet: 'Set-NetAdapterAdvancedProperty',
        parameters: { Name: adapterValue(found), RegistryKeyword: keyword, RegistryValue },
      });
      return [
        {
          title: `${found.name} keeps its link awake; it starts anew for that.`,
          commands: [set('0')],
          changes: [{ of: entityOf(found), property: keyword, before, after: '0' }],
          impact: 'link',
          takesDown: [found.id],
          verify: {
            says: `${keyword} is 0 at ${found.name}, and the adapter is up.`,
            observations: ['NetAdapter', 'NetAdapterAdvancedProperty'],
            settleSeconds: 60,
            differs: (now) => {
              const value = valueNow(now, found.name);
              if (value !== '0') return `${keyword} is ${value ?? 'not known'} at ${found.name}.`;
              const isUp = now.model.adapters.find(({ id }) => id === found.id)?.isUp;
              return isUp === true ? undefined : `${found.name} is not up.`;
            },
          },
          undo: [set(before)],
        },
      ];
    }),
});
