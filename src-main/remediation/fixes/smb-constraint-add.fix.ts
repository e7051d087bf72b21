/** A Multichannel constraint extended to further interfaces that lead to the server. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { SmbServer } from '#shared/host/host-model.ts';
import { interfaceById, type HostInterface } from '../../path-graph/walks.ts';
import { defineFix, type FixRequest, type Step } from '../define-fix.ts';
import { indexOf } from '../interface-values.ts';
import { constraintsOf, findConstraint, isConstrained, refresh, serversMeant } from '../smb-servers.ts';

interface Open {
  readonly server: SmbServer;
  /** The name that the constraints were made for: each name counts by itself. */
  readonly serverName: string;
  readonly on: HostInterface;
}

/**
 * Interfaces that SMB knows a way to the server from and that no constraint names yet. Only where constraints are:
 * the first one of a server would cut all others.
 */
function open(request: FixRequest): readonly Open[] {
  return serversMeant(request).flatMap((server) => {
    const names = [...new Set(constraintsOf(request, server).map(({ serverName }) => serverName))];
    const ids = new Set(
      server.channels.flatMap(({ clientInterfaceId, isFailed, smbInstance }) =>
        isFailed || smbInstance !== 'Default' ? [] : (clientInterfaceId ?? []),
      ),
    );
    const interfaces = [...ids].flatMap((id) => interfaceById(request.model, id) ?? []);
    return names.flatMap((serverName) =>
      interfaces
        .filter((on) => on.isUp && !isConstrained(request, serverName, on))
        .map((on) => ({ server, serverName, on })),
    );
  });
}

function valueOf({ serverName, on }: Open): string {
  return `${serverName},${on.name}`;
}

function chosenIn({ answers }: FixRequest): readonly string[] {
  const answer = answers['interfaces'] ?? [];
  return typeof answer === 'string' ? [answer] : answer;
}

export const fix = defineFix({
  id: 'smb-constraint-add',
  title: 'Extend a Multichannel constraint to further interfaces',
  impact: 'path',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'SmbMultichannelConstraint', 'NetAdapter'],
  order: 42,
  precheck: (request): readonly Refusal[] =>
    open(request).length > 0
      ? []
      : [
          {
            reason: 'does-not-fit',
            message: 'SMB knows no further interface of this host that leads to the server.',
            remedy: 'Remove the constraint instead, or see that another interface reaches the server.',
          },
        ],
  choices: (request) => {
    const all = open(request);
    const values = all.map(valueOf);
    const idle = request.finding.evidence['idleInterfaces'];
    const named = Array.isArray(idle) ? idle : [];
    const proposed = all.filter(({ on }) => named.includes(on.name));
    return [
      {
        id: 'interfaces',
        question: 'Which interfaces shall SMB use as well?',
        type: 'several-of',
        options: all.map((one) => ({ value: valueOf(one), label: `${one.serverName} by ${one.on.name}` })),
        proposal: (proposed.length > 0 ? proposed : all).map(valueOf),
        because: 'SMB knows a way to the server from there, and no constraint names them.',
        check: (value) => {
          const chosen = typeof value === 'string' ? [value] : value;
          if (chosen.length === 0) return 'Choose at least one interface.';
          const unknown = chosen.find((one) => !values.includes(one));
          return unknown === undefined ? undefined : `${unknown} leads to no server that is constrained.`;
        },
      },
    ];
  },
  plan: (request) => {
    const chosen = chosenIn(request);
    return open(request)
      .filter((one) => chosen.includes(valueOf(one)))
      .map(({ server, serverName, on }): Step => ({
        title: `SMB to ${serverName} may use ${on.name} as well.`,
        commands: [
          {
            cmdlet: 'New-SmbMultichannelConstraint',
            parameters: { ServerName: serverName, InterfaceIndex: indexOf(on) },
          },
          refresh(serverName),
        ],
        changes: [
          {
            of: entityOf(server),
            property: `Constraint of ${serverName} to ${on.name}`,
            before: 'none',
            after: `{${on.interfaceGuid}}`,
          },
        ],
        impact: 'path',
        verify: {
          says: `A constraint for ${serverName} names ${on.name}.`,
          observations: ['SmbMultichannelConstraint', 'SmbMultichannelConnection', 'SmbConnection'],
          differs: (now) =>
            isConstrained(now, serverName, on) ? undefined : `No constraint names ${on.name}.`,
        },
        undo: [
          {
            cmdlet: 'Remove-SmbMultichannelConstraint',
            parameters: { ServerName: serverName, InterfaceIndex: indexOf(on) },
            unless: { question: findConstraint(serverName, on), isThere: false },
          },
          refresh(serverName),
        ],
      }));
  },
});
