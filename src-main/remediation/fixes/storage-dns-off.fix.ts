/** Storage interfaces kept out of DNS. */
import { entityOf } from '#shared/entity.ts';
import { defineFix, type FixFacts, type Step } from '../define-fix.ts';
import { indexOf, interfacesMeant } from '../interface-values.ts';

function registers({ snapshot: { readings } }: FixFacts, interfaceIndex: number): boolean | undefined {
  return readings.DnsClient.status === 'ok'
    ? readings.DnsClient.records.find((one) => one.interfaceIndex === interfaceIndex)?.registersAddresses
    : undefined;
}

export const fix = defineFix({
  id: 'storage-dns-off',
  title: 'Keep storage interfaces out of DNS',
  impact: 'none',
  needs: ['NetAdapter', 'DnsClient'],
  order: 80,
  plan: (request) =>
    interfacesMeant(request)
      .filter(({ interfaceIndex }) => registers(request, interfaceIndex) === true)
      .map((found): Step => {
        const set = (value: boolean) => ({
          cmdlet: 'Set-DnsClient',
          parameters: { InterfaceIndex: indexOf(found), RegisterThisConnectionsAddress: value },
        });
        return {
          title: `${found.name} no longer registers its addresses in DNS; records that are there stay until DNS drops them.`,
          commands: [set(false)],
          changes: [
            {
              of: entityOf(found),
              property: 'RegisterThisConnectionsAddress',
              before: 'True',
              after: 'False',
            },
          ],
          impact: 'none',
          verify: {
            says: `${found.name} does not register its addresses.`,
            observations: ['DnsClient', 'NetAdapter'],
            differs: (now) =>
              registers(now, found.interfaceIndex) === false
                ? undefined
                : `${found.name} still registers them.`,
          },
          undo: [set(true)],
        };
      }),
});
