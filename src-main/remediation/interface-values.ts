/** Network interfaces as parameters of commands: found again by their GUID, whatever their names hold. */
import type { AdapterValue, FoundValue } from '#shared/change-command.ts';
import { guidKey } from '../path-graph/joins.ts';
import { interfacesOf, type HostInterface } from '../path-graph/walks.ts';
import type { FixRequest } from './define-fix.ts';

/** Interfaces that the finding is about, in its order. */
export function interfacesMeant({ model, finding }: FixRequest): readonly HostInterface[] {
  const all = new Map(interfacesOf(model).map((one) => [one.id, one]));
  return finding.subjects.flatMap(({ id }) => all.get(id) ?? []);
}

export function adapterValue({ interfaceGuid, name }: HostInterface): AdapterValue {
  return { adapter: guidKey(interfaceGuid), name };
}

/** As Windows writes it. */
export function bracedGuid({ interfaceGuid }: HostInterface): string {
  return `{${guidKey(interfaceGuid).toUpperCase()}}`;
}

/** The number of the interface that has the name when the command runs. */
export function indexNamed(name: string): FoundValue {
  return {
    found: { read: 'Get-NetAdapter', where: [{ property: 'Name', is: name }] },
    take: 'InterfaceIndex',
  };
}

function lookedUp(found: HostInterface, take: string): FoundValue {
  return {
    found: { read: 'Get-NetAdapter', where: [{ property: 'InterfaceGuid', is: bracedGuid(found) }] },
    take,
  };
}

/** The number of an interface: one that is made anew gets another, so it is looked up when it is needed. */
export function indexOf(found: HostInterface): FoundValue {
  return lookedUp(found, 'InterfaceIndex');
}

/** The name of an interface that Windows calls otherwise by the time. */
export function nameThen(found: HostInterface): FoundValue {
  return lookedUp(found, 'Name');
}
