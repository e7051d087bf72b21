/** File servers that a finding is about, and the constraints that hold them to interfaces. */
import type { CmdletCommand, Question } from '#shared/change-command.ts';
import type { SmbServer } from '#shared/host/host-model.ts';
import type { SmbMultichannelConstraintRecord } from '#shared/host/storage-records.ts';
import { guidKey, nameKey } from '../path-graph/joins.ts';
import { interfacesOf, type HostInterface } from '../path-graph/walks.ts';
import type { FixFacts, FixRequest } from './define-fix.ts';
import { bracedGuid } from './interface-values.ts';

export function serversMeant({ model, finding }: FixRequest): readonly SmbServer[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  return model.smbServers.filter(({ id }) => ids.has(id));
}

/** A constraint with the interface it stands on; without one where the host no longer has it. */
export interface Constraint {
  readonly serverName: string;
  readonly guid?: string;
  readonly index?: number;
  readonly on?: HostInterface;
  /** How a person knows the interface. */
  readonly name: string;
}

function read(facts: FixFacts, record: SmbMultichannelConstraintRecord): Constraint {
  const { serverName, interfaceGuid, interfaceIndex, interfaceAlias } = record;
  const guid = interfaceGuid === undefined ? undefined : guidKey(interfaceGuid);
  const on = interfacesOf(facts.model).find((found) =>
    guid === undefined ? found.interfaceIndex === interfaceIndex : guidKey(found.interfaceGuid) === guid,
  );
  const index = on?.interfaceIndex ?? interfaceIndex;
  return {
    serverName,
    name: on?.name ?? interfaceAlias ?? `interface ${interfaceIndex ?? guid ?? '?'}`,
    ...(guid !== undefined && { guid }),
    ...(index !== undefined && { index }),
    ...(on !== undefined && { on }),
  };
}

/** Those that were made for a server, under any of its names. */
export function constraintsOf(facts: FixFacts, { name, aliases }: SmbServer): readonly Constraint[] {
  const { SmbMultichannelConstraint } = facts.snapshot.readings;
  const names = new Set([name, ...aliases].map(nameKey));
  const records = SmbMultichannelConstraint.status === 'ok' ? SmbMultichannelConstraint.records : [];
  return records.filter(({ serverName }) => names.has(nameKey(serverName))).map((one) => read(facts, one));
}

/** The constraint of a server to an interface, by what does not change. */
export function findConstraint(serverName: string, on: HostInterface): Question {
  return {
    read: 'Get-SmbMultichannelConstraint',
    where: [
      { property: 'ServerName', is: serverName },
      { property: 'InterfaceGuid', is: bracedGuid(on) },
    ],
  };
}

/** SMB looks at its constraints when it looks for interfaces. */
export function refresh(serverName: string): CmdletCommand {
  return { cmdlet: 'Update-SmbMultichannelConnection', parameters: { ServerName: serverName } };
}

/** Whether the server is constrained to the interface now. */
export function isConstrained(
  facts: FixFacts,
  serverName: string,
  { interfaceGuid }: Pick<HostInterface, 'interfaceGuid'>,
): boolean {
  const { SmbMultichannelConstraint } = facts.snapshot.readings;
  const records = SmbMultichannelConstraint.status === 'ok' ? SmbMultichannelConstraint.records : [];
  return records
    .filter((record) => nameKey(record.serverName) === nameKey(serverName))
    .some((record) => {
      const { on } = read(facts, record);
      return on !== undefined && guidKey(on.interfaceGuid) === guidKey(interfaceGuid);
    });
}
