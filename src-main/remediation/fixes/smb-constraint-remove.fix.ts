/** Multichannel constraints of a file server, removed by server and interface. */
import type { ChangeCommand } from '#shared/change-command.ts';
import { entityOf } from '#shared/entity.ts';
import type { SmbServer } from '#shared/host/host-model.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { indexOf } from '../interface-values.ts';
import { constraintsOf, findConstraint, refresh, serversMeant, type Constraint } from '../smb-servers.ts';

interface Held {
  readonly server: SmbServer;
  readonly constraint: Constraint;
}

function held(request: FixRequest): readonly Held[] {
  return serversMeant(request).flatMap((server) =>
    constraintsOf(request, server).map((constraint) => ({ server, constraint })),
  );
}

function valueOf({ constraint: { serverName, name } }: Held): string {
  return `${serverName},${name}`;
}

function chosenIn({ answers }: FixRequest): readonly string[] {
  const answer = answers['constraints'] ?? [];
  return typeof answer === 'string' ? [answer] : answer;
}

function isThere(now: FixFacts, { server, constraint }: Held): boolean {
  return constraintsOf(now, server).some(
    ({ serverName, guid, index }) =>
      nameKey(serverName) === nameKey(constraint.serverName) &&
      (constraint.guid === undefined ? index === constraint.index : guid === constraint.guid),
  );
}

export const fix = defineFix({
  id: 'smb-constraint-remove',
  title: 'Remove Multichannel constraints',
  impact: 'path',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'SmbMultichannelConstraint', 'NetAdapter'],
  order: 44,
  precheck: (request) =>
    held(request)
      .filter(({ constraint }) => constraint.index === undefined)
      .map(({ constraint }) => ({
        reason: 'fact-missing' as const,
        message: `The number of the interface that the constraint for ${constraint.serverName} names is not known, and without it all constraints of the server would go.`,
        remedy: 'Look again as an administrator.',
      })),
  choices: (request) => {
    const all = held(request);
    const values = all.map(valueOf);
    return [
      {
        id: 'constraints',
        question: 'Which constraints shall go?',
        type: 'several-of',
        options: all.map((one) => ({
          value: valueOf(one),
          label: `${one.constraint.serverName} to ${one.constraint.name}${one.constraint.on === undefined ? ', which is not there' : ''}`,
        })),
        proposal: values,
        because: 'Without a constraint SMB uses all interfaces of the best class.',
        check: (value) => {
          const chosen = typeof value === 'string' ? [value] : value;
          if (chosen.length === 0) return 'Choose at least one constraint.';
          const unknown = chosen.find((one) => !values.includes(one));
          return unknown === undefined ? undefined : `${unknown} is no constraint of this host.`;
        },
      },
    ];
  },
  plan: (request) => {
    const chosen = chosenIn(request);
    return held(request)
      .filter((one) => chosen.includes(valueOf(one)))
      .flatMap((one): Step[] => {
        const { server, constraint } = one;
        const { serverName, on, index, name } = constraint;
        if (index === undefined) return [];
        const remove: ChangeCommand = {
          cmdlet: 'Remove-SmbMultichannelConstraint',
          parameters: { ServerName: serverName, InterfaceIndex: on === undefined ? [index] : indexOf(on) },
        };
        return [
          {
            title: `SMB to ${serverName} is no longer held to ${name}.`,
            commands: [remove, refresh(serverName)],
            changes: [
              {
                of: entityOf(server),
                property: `Constraint of ${serverName} to ${name}`,
                before: constraint.guid === undefined ? `interface ${index}` : `{${constraint.guid}}`,
                after: 'none',
              },
            ],
            impact: 'path',
            verify: {
              says: `No constraint holds ${serverName} to ${name}.`,
              observations: ['SmbMultichannelConstraint', 'SmbMultichannelConnection', 'SmbConnection'],
              differs: (now) => (isThere(now, one) ? 'The constraint is still there.' : undefined),
            },
            ...(on === undefined
              ? {
                  undo: [],
                  notUndone: `The interface ${name} is not there, and a constraint can name only one that is.`,
                }
              : {
                  undo: [
                    {
                      cmdlet: 'New-SmbMultichannelConstraint',
                      parameters: { ServerName: serverName, InterfaceIndex: indexOf(on) },
                      unless: { question: findConstraint(serverName, on), isThere: true },
                    },
                    refresh(serverName),
                  ],
                }),
          },
        ];
      });
  },
});
