/** A vNIC of the management OS made: its name, its VLAN, and how it is seen. */
import type { ChangeCommand, Question } from '#shared/change-command.ts';
import { entityOf } from '#shared/entity.ts';
import type { VNic, VSwitch } from '#shared/host/host-model.ts';
import { nameKey } from '../path-graph/joins.ts';
import { interfacesOf } from '../path-graph/walks.ts';
import type { FixFacts, Step } from './define-fix.ts';
import { vnicAdapter } from './storage-addresses.ts';

export const hyperVSeen = [
  'NetAdapter',
  'VMSwitch',
  'VMSwitchTeam',
  'VMNetworkAdapter',
  'VMNetworkAdapterVlan',
  'VMNetworkAdapterIsolation',
  'VMNetworkAdapterTeamMapping',
] as const;

/** The name, or with the number at its end counted on until it is free. */
export function freeVNicName({ model }: FixFacts, like: string): string {
  const [, stem = like, digits = '1'] = /^(.*?)(\d+)$/.exec(like) ?? [];
  const taken = new Set([
    ...model.vnics.map(({ vnicName }) => nameKey(vnicName)),
    ...interfacesOf(model).map(({ name }) => nameKey(name)),
  ]);
  const isFree = (name: string) => !taken.has(nameKey(name)) && !taken.has(nameKey(vnicAdapter(name)));
  if (isFree(like)) return like;
  for (let number = Number(digits) + 1; ; number += 1) {
    const name = `${stem}${number}`;
    if (isFree(name)) return name;
  }
}

export function vnicNameProblem({ model }: FixFacts, name: string): string | undefined {
  if (name.trim() === '' || name !== name.trim()) return 'A name without spaces around it is needed.';
  if (model.vnics.some(({ vnicName }) => nameKey(vnicName) === nameKey(name))) {
    return `A vNIC of the host is called ${name} already.`;
  }
  return interfacesOf(model).some((one) => nameKey(one.name) === nameKey(vnicAdapter(name)))
    ? `An adapter of the host is called ${vnicAdapter(name)} already.`
    : undefined;
}

/** Whether the VLAN of a vNIC is set as isolation. */
export function usesIsolation({ snapshot }: FixFacts, { vnicName }: VNic): boolean {
  const { VMNetworkAdapterIsolation } = snapshot.readings;
  const records = VMNetworkAdapterIsolation.status === 'ok' ? VMNetworkAdapterIsolation.records : [];
  return records.some(
    (record) =>
      !record.vmName &&
      nameKey(record.vnicName) === nameKey(vnicName) &&
      /^vlan$/i.test(record.isolationMode ?? '') &&
      (record.defaultIsolationId ?? 0) > 0,
  );
}

export function vnicCalled({ model }: FixFacts, name: string): VNic | undefined {
  return model.vnics.find(({ vnicName }) => nameKey(vnicName) === nameKey(name));
}

function findVNic({ name: switchName }: VSwitch, name: string): Question {
  return {
    read: 'Get-VMNetworkAdapter',
    parameters: { ManagementOS: true },
    where: [
      { property: 'Name', is: name },
      { property: 'SwitchName', is: switchName },
    ],
  };
}

export interface AddedVNic {
  readonly vswitch: VSwitch;
  /** Its name in Hyper-V. */
  readonly name: string;
  /** 0: untagged. */
  readonly vlanId: number;
  /** Whether the VLAN is set as isolation, which RDMA takes, instead of as access VLAN. */
  readonly isIsolated: boolean;
}

/** A vNIC of the management OS more. Alone it carries nothing. */
export function addVNic({ vswitch, name, vlanId, isIsolated }: AddedVNic): Step {
  const tag: readonly ChangeCommand[] =
    vlanId === 0
      ? []
      : isIsolated
        ? [
            {
              cmdlet: 'Set-VmNetworkAdapterIsolation',
              parameters: {
                ManagementOS: true,
                VMNetworkAdapterName: name,
                IsolationMode: 'Vlan',
                DefaultIsolationID: vlanId,
              },
            },
          ]
        : [
            {
              cmdlet: 'Set-VMNetworkAdapterVlan',
              parameters: { ManagementOS: true, VMNetworkAdapterName: name, Access: true, VlanId: vlanId },
            },
          ];
  const inVlan = vlanId === 0 ? 'untagged' : `in VLAN ${vlanId}`;
  return {
    title: `The host gets a further vNIC ${name} on vSwitch ${vswitch.name}, ${inVlan}.`,
    commands: [
      {
        cmdlet: 'Add-VMNetworkAdapter',
        parameters: { ManagementOS: true, SwitchName: vswitch.name, Name: name },
      },
      ...tag,
    ],
    changes: [{ of: entityOf(vswitch), property: `vNIC ${name}`, before: 'none', after: inVlan }],
    impact: 'adds',
    verify: {
      says: `The vNIC ${name} is up, ${inVlan}, and its adapter is ${vnicAdapter(name)}.`,
      observations: hyperVSeen,
      settleSeconds: 30,
      differs: (now) => {
        const found = vnicCalled(now, name);
        if (found === undefined) return `No vNIC ${name} is seen.`;
        if (nameKey(found.name) !== nameKey(vnicAdapter(name))) {
          return `Windows calls its adapter ${found.name}.`;
        }
        if ((found.vlanId ?? 0) !== vlanId) return `It is in VLAN ${found.vlanId ?? 0}.`;
        return found.isUp ? undefined : `${found.name} is not up.`;
      },
    },
    undo: [
      {
        cmdlet: 'Remove-VMNetworkAdapter',
        parameters: { ManagementOS: true, SwitchName: vswitch.name, Name: name },
        unless: { question: findVNic(vswitch, name), isThere: false },
      },
    ],
  };
}
