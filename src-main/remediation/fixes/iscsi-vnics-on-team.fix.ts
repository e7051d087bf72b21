/** A vSwitch on the team with vNICs for management and storage: a runbook, since every address of the team NIC moves. */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand } from '#shared/change-command.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Address, TeamNic } from '#shared/host/host-model.ts';
import { windowsReleases } from '#shared/host/host-model.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue, indexOf } from '../interface-values.ts';
import {
  freeAddressesAfter,
  giveAddress,
  indexOfVNic,
  readAddress,
  vnicAdapter,
} from '../storage-addresses.ts';

const switchName = 'Converged';
const management = 'Management';
const storage = ['iSCSI1', 'iSCSI2'] as const;

interface Meant {
  readonly teamNic: TeamNic;
  readonly addresses: readonly Address[];
}

/** The team NIC that the sessions leave by, with the addresses that are set on it. */
function meant({ model, finding }: FixRequest): Meant | undefined {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const teamNic = model.teamNics.find(({ id }) => ids.has(id));
  return teamNic === undefined
    ? undefined
    : {
        teamNic,
        addresses: model.addresses.filter(
          ({ interfaceId, family, prefixLength }) =>
            interfaceId === teamNic.id && family === 'IPv4' && prefixLength !== undefined,
        ),
      };
}

function gatewayOf({ snapshot }: FixFacts, { interfaceIndex }: TeamNic): string | undefined {
  const { NetRoute } = snapshot.readings;
  return NetRoute.status === 'ok'
    ? NetRoute.records.find(
        (route) => route.interfaceIndex === interfaceIndex && route.destinationPrefix === '0.0.0.0/0',
      )?.nextHop
    : undefined;
}

function switchStep(facts: FixFacts, { teamNic, addresses }: Meant): Step {
  const gateway = gatewayOf(facts, teamNic);
  const setOn = (index: ReturnType<typeof indexOf>): readonly ChangeCommand[] =>
    addresses.map(({ ipAddress, prefixLength = 0 }, place) => ({
      cmdlet: 'New-NetIPAddress',
      parameters: {
        InterfaceIndex: index,
        IPAddress: ipAddress,
        PrefixLength: prefixLength,
        ...(place === 0 && gateway !== undefined && { DefaultGateway: gateway }),
      },
    }));
  return {
    title: `vSwitch ${switchName} stands on ${teamNic.name}, whose addresses move to the vNIC ${management} of the host.`,
    commands: [
      {
        cmdlet: 'New-VMSwitch',
        parameters: {
          Name: switchName,
          NetAdapterName: adapterValue(teamNic),
          AllowManagementOS: false,
          MinimumBandwidthMode: 'Weight',
        },
      },
      {
        cmdlet: 'Add-VMNetworkAdapter',
        parameters: { ManagementOS: true, SwitchName: switchName, Name: management },
      },
      ...setOn(indexOfVNic(management)),
    ],
    changes: addresses.map(({ ipAddress, prefixLength }) => ({
      of: entityOf(teamNic),
      property: `Holder of ${ipAddress}/${prefixLength ?? ''}`,
      before: teamNic.name,
      after: vnicAdapter(management),
    })),
    impact: 'outage',
    takesDown: [teamNic.id],
    verify: {
      says: `${vnicAdapter(management)} holds the addresses, and the host answers there.`,
      observations: ['NetAdapter', 'NetIPAddress', 'VMSwitch', 'VMNetworkAdapter'],
      settleSeconds: 60,
      differs: ({ model }) => {
        const vnic = model.vnics.find(({ vnicName }) => vnicName === management);
        const lost = addresses.find(
          ({ ipAddress }) =>
            !model.addresses.some((one) => one.ipAddress === ipAddress && one.interfaceId === vnic?.id),
        );
        return lost === undefined ? undefined : `Nothing holds ${lost.ipAddress}.`;
      },
    },
    undo: [
      {
        cmdlet: 'Remove-VMNetworkAdapter',
        parameters: { ManagementOS: true, SwitchName: switchName, Name: management },
      },
      { cmdlet: 'Remove-VMSwitch', parameters: { Name: switchName } },
      ...setOn(indexOf(teamNic)),
    ],
  };
}

function storageSteps(facts: FixFacts, { teamNic, addresses }: Meant): readonly Step[] {
  const [first] = addresses;
  const free =
    first === undefined
      ? []
      : freeAddressesAfter(
          facts,
          { address: first.ipAddress, prefixLength: first.prefixLength ?? 0 },
          storage.length,
        );
  return storage.flatMap((name, place): Step[] => {
    const own = readAddress(free[place] ?? '');
    if (own === undefined) return [];
    const step = giveAddress({
      of: entityOf(teamNic),
      interfaceName: vnicAdapter(name),
      index: indexOfVNic(name),
      own,
      leaves: [],
    });
    return [
      {
        ...step,
        title: `The host gets a vNIC ${name} for storage with ${own.address}/${own.prefixLength}, in the VLAN of storage, out of DNS and without a gateway.`,
        commands: [
          {
            cmdlet: 'Add-VMNetworkAdapter',
            parameters: { ManagementOS: true, SwitchName: switchName, Name: name },
          },
          ...step.commands,
        ],
        undo: [
          ...step.undo,
          {
            cmdlet: 'Remove-VMNetworkAdapter',
            parameters: { ManagementOS: true, SwitchName: switchName, Name: name },
          },
        ],
      },
    ];
  });
}

export const fix = defineFix({
  id: 'iscsi-vnics-on-team',
  title: 'Put a vSwitch on the team and vNICs for storage on the vSwitch',
  impact: 'outage',
  needs: ['NetAdapter', 'NetIPAddress', 'NetRoute', 'NetLbfoTeam', 'NetLbfoTeamNic'],
  order: 59,
  byHand:
    'Every address on the team NIC stands still until it is set again, and what Windows does with them when the switch is made is described nowhere: do it in a maintenance window, from the console of the host, and make the sessions from the vNICs afterwards (iscsi-add-sessions).',
  precheck: (request): readonly Refusal[] => {
    const { release } = request.model.host;
    return release !== undefined && windowsReleases.indexOf(release) >= windowsReleases.indexOf('2022')
      ? [
          {
            reason: 'unsupported-windows',
            message: `Windows Server ${release} binds no vSwitch to an LBFO team.`,
            remedy: 'Use Switch Embedded Teaming instead of the team, or take adapters out of it.',
          },
        ]
      : [];
  },
  plan: (request) => {
    const one = meant(request);
    return one === undefined ? [] : [switchStep(request, one), ...storageSteps(request, one)];
  },
});
