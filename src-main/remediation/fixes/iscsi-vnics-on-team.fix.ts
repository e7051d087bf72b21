/** A vSwitch on the team with vNICs for management and storage: a runbook, since every address of the team NIC moves. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { TeamNic } from '#shared/host/host-model.ts';
import { windowsReleases } from '#shared/host/host-model.ts';
import { parseIp } from '../../path-graph/ip.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { hyperVSeen } from '../host-vnic-steps.ts';
import {
  addressesGiven,
  addressesMoved,
  lacksAddresses,
  plainly,
  settingsGiven,
  setupObservations,
  setupOf,
  type InterfaceSetup,
} from '../interface-setup.ts';
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
  readonly setup: InterfaceSetup;
}

/** The team NIC that the sessions leave by, with what is set on it. */
function meant(request: FixRequest): Meant | string {
  const ids = new Set(request.finding.subjects.map(({ id }) => id));
  const teamNic = request.model.teamNics.find(({ id }) => ids.has(id));
  if (teamNic === undefined) return 'The team NIC that the sessions leave by is not known.';
  const { surroundings } = request;
  // A runbook is worth reading without them too: they are asked for apart.
  const dnsServers = surroundings.dnsServers ?? new Map([[teamNic.interfaceIndex, []]]);
  const setup = setupOf({ ...request, surroundings: { ...surroundings, dnsServers } }, teamNic);
  return typeof setup === 'string' ? setup : { teamNic, setup };
}

function unknownOf(request: FixRequest): readonly Refusal[] {
  const one = meant(request);
  const message =
    typeof one === 'string'
      ? one
      : request.surroundings.dnsServers === undefined
        ? `The DNS servers of ${one.teamNic.name} are not known here, and the steps leave them out.`
        : undefined;
  return message === undefined
    ? []
    : [{ reason: 'fact-missing', message, remedy: 'Look on the host itself, as an administrator.' }];
}

function switchStep({ teamNic, setup }: Meant): Step {
  const to = { name: vnicAdapter(management), index: indexOfVNic(management) };
  const back = { name: teamNic.name, index: indexOf(teamNic) };
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
      ...settingsGiven(setup, to),
      ...plainly(addressesGiven(setup, to)),
    ],
    changes: addressesMoved(setup, entityOf(teamNic), teamNic.name, to.name),
    impact: 'outage',
    takesDown: [teamNic.id],
    verify: {
      says: `${to.name} holds the addresses and the routes, and the host answers there.`,
      observations: [...setupObservations, ...hyperVSeen],
      settleSeconds: 60,
      differs: (now) => lacksAddresses(now, setup, to.name),
    },
    undo: [
      {
        cmdlet: 'Remove-VMNetworkAdapter',
        parameters: { ManagementOS: true, SwitchName: switchName, Name: management },
      },
      { cmdlet: 'Remove-VMSwitch', parameters: { Name: switchName } },
      ...settingsGiven(setup, back),
      ...addressesGiven(setup, back),
    ],
  };
}

function storageSteps(facts: FixFacts, { teamNic, setup }: Meant): readonly Step[] {
  const first = setup.addresses.find(({ address }) => parseIp(address)?.family === 'IPv4');
  const free = first === undefined ? [] : freeAddressesAfter(facts, first, storage.length);
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
  needs: [
    'NetAdapter',
    'NetIPAddress',
    'NetIPInterface',
    'NetRoute',
    'DnsClient',
    'NetLbfoTeam',
    'NetLbfoTeamNic',
  ],
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
      : unknownOf(request);
  },
  plan: (request) => {
    const one = meant(request);
    return typeof one === 'string' ? [] : [switchStep(one), ...storageSteps(request, one)];
  },
});
