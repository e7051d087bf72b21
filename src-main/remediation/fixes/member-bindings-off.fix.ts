/** Protocols taken off the members of a team, which only the team or the switch may use. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Adapter } from '#shared/host/host-model.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue } from '../interface-values.ts';

/** By their ids: display names are translated. */
const protocols = ['ms_tcpip', 'ms_tcpip6', 'ms_msclient', 'ms_server'] as const;

function membersMeant({ model, finding }: FixRequest): readonly Adapter[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  return model.adapters.filter(({ id }) => ids.has(id));
}

function boundTo(facts: FixFacts, id: string): readonly string[] | undefined {
  const bindings = facts.model.adapters.find((one) => one.id === id)?.enabledBindings;
  const enabled = bindings?.map((one) => one.toLowerCase());
  return enabled && protocols.filter((one) => enabled.includes(one));
}

export const fix = defineFix({
  id: 'member-bindings-off',
  title: 'Take protocols off the members of the team',
  impact: 'link',
  needs: ['NetAdapter', 'NetAdapterBinding', 'NetIPAddress'],
  order: 30,
  precheck: (request): readonly Refusal[] =>
    membersMeant(request).flatMap((member): Refusal[] => {
      const held = request.model.addresses.filter(
        ({ interfaceIndex, ipAddress }) =>
          interfaceIndex === member.interfaceIndex && !/^(?:fe80:|169\.254\.)/i.test(ipAddress),
      );
      return held.length === 0
        ? []
        : [
            {
              reason: 'does-not-fit',
              message: `${member.name} holds ${held.map(({ ipAddress }) => ipAddress).join(', ')}: what uses that address would lose it.`,
              remedy: 'Move the address to the team first, and what is bound to it.',
            },
          ];
    }),
  plan: (request) =>
    membersMeant(request).flatMap((member): Step[] => {
      const before = boundTo(request, member.id) ?? [];
      if (before.length === 0) return [];
      const forEach = (cmdlet: string) =>
        before.map((ComponentID) => ({
          cmdlet,
          parameters: { Name: adapterValue(member), ComponentID },
        }));
      return [
        {
          title: `${member.name} carries frames of its team alone: ${before.join(', ')} ${before.length === 1 ? 'is' : 'are'} no longer bound to it.`,
          commands: forEach('Disable-NetAdapterBinding'),
          changes: before.map((id) => ({
            of: entityOf(member),
            property: `Binding ${id}`,
            before: 'True',
            after: 'False',
          })),
          impact: 'link',
          takesDown: [member.id],
          verify: {
            says: `No protocol is bound to ${member.name}.`,
            // Switching one binding off can switch another on: all of them are read again.
            observations: ['NetAdapter', 'NetAdapterBinding'],
            settleSeconds: 30,
            differs: (now) => {
              const left = boundTo(now, member.id);
              if (left === undefined) return `The bindings of ${member.name} are not known.`;
              return left.length === 0 ? undefined : `${left.join(', ')} still bound to ${member.name}.`;
            },
          },
          undo: forEach('Enable-NetAdapterBinding'),
        },
      ];
    }),
});
