/** A second vNIC for storage beside the one that carries all, with an address, a member and sessions of its own. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Adapter, IscsiTarget, Team, VNic, VSwitch } from '#shared/host/host-model.ts';
import { activeMembers, storageEndpoints } from '../../path-graph/walks.ts';
import { defineFix, type AskedChoice, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import {
  addVNic,
  freeVNicName,
  hyperVSeen,
  usesIsolation,
  vnicCalled,
  vnicNameProblem,
} from '../host-vnic-steps.ts';
import { adapterValue } from '../interface-values.ts';
import {
  chapAnswered,
  chapChoices,
  identifiersOf,
  lacksChap,
  portOf,
  targetsMeant,
  type Login,
} from '../iscsi-logins.ts';
import { makeSession } from '../iscsi-session-steps.ts';
import { withoutMultipath } from '../multipath-in-effect.ts';
import {
  addressChoice,
  freeAddressesAfter,
  giveAddress,
  indexOfVNic,
  portalsBeside,
  readAddress,
  vnicAdapter,
} from '../storage-addresses.ts';

interface Meant {
  readonly vnic: VNic;
  readonly team: Team;
  readonly vswitch: VSwitch;
  readonly members: readonly Adapter[];
}

/** The one vNIC that the finding is about, with what stands under it. */
function meant({ model, finding }: FixRequest): Meant | undefined {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const vnic = model.vnics.find(({ id }) => ids.has(id));
  const vswitch = model.vswitches.find(({ id }) => id === vnic?.vswitchId);
  const team = model.teams.find(({ id }) => ids.has(id));
  return vnic === undefined || vswitch === undefined || team === undefined
    ? undefined
    : { vnic, vswitch, team, members: activeMembers(model, team) };
}

/** vNICs of the switch that carry storage. */
function storageVNics({ model }: FixFacts, vswitch: VSwitch): readonly VNic[] {
  const used = new Set(storageEndpoints(model).map(({ interface: { id } }) => id));
  return model.vnics.filter(({ id, vswitchId }) => vswitchId === vswitch.id && used.has(id));
}

/** Its first address; the ones that Windows gave itself are of no use here. */
function addressOf({ model }: FixFacts, { id }: VNic) {
  const own = model.addresses.find(
    ({ interfaceId, family, origin, prefixLength }) =>
      interfaceId === id && family === 'IPv4' && origin !== 'WellKnown' && prefixLength !== undefined,
  );
  return own === undefined
    ? undefined
    : { address: own.ipAddress, prefixLength: own.prefixLength ?? 0, entity: own };
}

interface Pair {
  readonly target: IscsiTarget;
  readonly to: string;
}

/** Portals that the new address reaches without a router. */
function pairs(request: FixRequest): readonly Pair[] {
  const own = readAddress(textIn(request, 'address'));
  return own === undefined
    ? []
    : targetsMeant(request).flatMap((target) =>
        portalsBeside(request, own, target).map((to) => ({ target, to })),
      );
}

function valueOf({ target, to }: Pair): string {
  return `${to},${target.nodeAddress}`;
}

function textIn({ answers }: FixRequest, id: string): string {
  const value = answers[id];
  return typeof value === 'string' ? value : '';
}

function hasMultipath(request: FixRequest): boolean {
  return withoutMultipath(request, targetsMeant(request)).length === 0;
}

function sessionChoices(request: FixRequest): readonly AskedChoice[] {
  if (!hasMultipath(request)) return [];
  const all = pairs(request);
  if (all.length === 0) return [];
  const inUse = new Set(
    request.model.sessions.flatMap(({ connections }) =>
      connections.flatMap(({ targetAddress }) => targetAddress ?? []),
    ),
  );
  const proposed = all.filter(({ to }) => inUse.has(to));
  return [
    {
      id: 'portals',
      question: 'To which portals shall sessions be made from the new address?',
      type: 'several-of',
      options: all.map((pair) => ({ value: valueOf(pair), label: `${pair.to} of ${pair.target.name}` })),
      proposal: (proposed.length > 0 ? proposed : all).map(valueOf),
      because: 'The same as from the vNIC that is there, where they are in its subnet.',
    },
    ...chapChoices(
      request,
      targetsMeant(request).filter((target) => all.some((pair) => pair.target === target)),
    ),
  ];
}

/** Of an embedded team. `takesDown` where traffic moves with it. */
function mapStep({ vswitch }: Meant, name: string, member: Adapter, moves: { readonly vnic?: VNic }): Step {
  const { vnic } = moves;
  return {
    title: `${vnic?.name ?? vnicAdapter(name)} is mapped to ${member.name}${vnic === undefined ? '' : '; its traffic moves there'}.`,
    commands: [
      {
        cmdlet: 'Set-VMNetworkAdapterTeamMapping',
        parameters: {
          ManagementOS: true,
          SwitchName: vswitch.name,
          VMNetworkAdapterName: name,
          PhysicalNetAdapterName: adapterValue(member),
        },
      },
    ],
    changes: [
      {
        of: entityOf(vnic ?? vswitch),
        property: `Team mapping of ${name}`,
        before: 'none',
        after: member.name,
      },
    ],
    impact: vnic === undefined ? 'adds' : 'path',
    ...(vnic !== undefined && { takesDown: [vnic.id] }),
    verify: {
      says: `${name} is mapped to ${member.name}, and is up.`,
      observations: hyperVSeen,
      settleSeconds: 30,
      differs: (now) => {
        const found = vnicCalled(now, name);
        if (found?.mappedMember?.adapterId !== member.id) return `${name} is not mapped to ${member.name}.`;
        return found.isUp ? undefined : `${name} is not up.`;
      },
    },
    undo: [
      {
        cmdlet: 'Remove-VMNetworkAdapterTeamMapping',
        parameters: { ManagementOS: true, SwitchName: vswitch.name, Name: name },
        unless: {
          question: {
            read: 'Get-VMNetworkAdapterTeamMapping',
            parameters: { ManagementOS: true },
            where: [{ property: 'ParentAdapter.Name', is: name }],
          },
          isThere: false,
        },
      },
    ],
  };
}

/** Which member each of the two shall have; that of the vNIC that is there stays where it is known. */
function membersFor({ vnic, members }: Meant): { readonly own?: Adapter; readonly added?: Adapter } {
  const [seen, ...others] = vnic.seenOnAdapterIds ?? [];
  const now = vnic.mappedMember?.adapterId ?? (others.length === 0 ? seen : undefined);
  const own = members.find(({ id }) => id === now) ?? members[0];
  const added = members.find(({ id }) => id !== own?.id);
  return { ...(own !== undefined && { own }), ...(added !== undefined && { added }) };
}

function sessionSteps(request: FixRequest): readonly Step[] {
  const { answers, model } = request;
  const own = readAddress(textIn(request, 'address'));
  const answer = answers['portals'] ?? [];
  const values: readonly string[] = typeof answer === 'string' ? [answer] : answer;
  if (own === undefined) return [];
  const chosen = pairs(request).filter((pair) => values.includes(valueOf(pair)));
  const sessions = identifiersOf(request);
  return chosen.map(({ target, to }): Step => {
    const chap = chapAnswered(request, target);
    const login: Login = {
      target,
      from: own.address,
      to,
      port: portOf(model, target, to),
      isPersistent: true,
      ...(chap !== undefined && { chap }),
    };
    const hasTwins = chosen.some((pair) => pair.target === target && pair.to !== to);
    return makeSession({ login, others: { sessions }, hasTwins });
  });
}

export const fix = defineFix({
  id: 'storage-vnic-add',
  title: 'Add a storage vNIC with an address and sessions of its own',
  impact: 'path',
  needs: [
    'NetAdapter',
    'NetIPAddress',
    'NetRoute',
    'DnsClient',
    'VMSwitch',
    'VMNetworkAdapter',
    'VMNetworkAdapterVlan',
    'IscsiSession',
    'IscsiConnection',
    'IscsiTarget',
    'Disk',
  ],
  order: 36,
  precheck: (request): readonly Refusal[] => {
    const one = meant(request);
    if (one === undefined) {
      return [
        {
          reason: 'fact-missing',
          message: 'The vSwitch of the storage vNIC is not known.',
          remedy: 'Look again as an administrator.',
        },
      ];
    }
    const there = storageVNics(request, one.vswitch);
    if (there.length >= one.members.length) {
      return [
        {
          reason: 'does-not-fit',
          message: `Team ${one.team.name} has ${one.members.length} active members, and ${there.length} vNICs for storage stand on it already: two would share one member.`,
          remedy: 'Make the sessions that are missing from the vNICs that are there.',
        },
      ];
    }
    return one.vnic.vlanId === undefined
      ? [
          {
            reason: 'fact-missing',
            message: `The VLAN of ${one.vnic.name} is not known.`,
            remedy: 'Look again as an administrator.',
          },
        ]
      : [];
  },
  choices: (request) => {
    const one = meant(request);
    if (one === undefined) return [];
    const own = addressOf(request, one.vnic);
    const [free] = own === undefined ? [] : freeAddressesAfter(request, own, 1);
    const name = freeVNicName(request, one.vnic.vnicName);
    return [
      {
        id: 'name',
        question: 'How shall the new vNIC be called?',
        type: 'text',
        proposal: name,
        because: `Windows calls its adapter vEthernet with this name in parentheses. Vendors of arrays may support iSCSI over physical ports only, as on Azure Local: ask first.`,
        check: (value) => vnicNameProblem(request, typeof value === 'string' ? value : ''),
      },
      addressChoice(request, {
        id: 'address',
        on: 'the new vNIC',
        proposal: free,
        targets: targetsMeant(request),
      }),
      {
        id: 'vlan',
        question: 'In which VLAN shall it be (0: untagged)?',
        type: 'number',
        proposal: String(one.vnic.vlanId ?? 0),
        because: `That of ${one.vnic.name}. Another subnet mostly has another VLAN.`,
        check: (value) => (Number(value) <= 4094 ? undefined : 'A VLAN is a number up to 4094.'),
      },
      ...sessionChoices(request),
    ];
  },
  plan: (request): readonly Step[] => {
    const one = meant(request);
    const own = readAddress(textIn(request, 'address'));
    if (one === undefined || own === undefined) return [];
    if (hasMultipath(request) && targetsMeant(request).some((target) => lacksChap(request, target)))
      return [];
    const name = textIn(request, 'name');
    const members = membersFor(one);
    const isEmbedded = one.team.technology === 'set';
    const sessions = hasMultipath(request) ? sessionSteps(request) : [];
    // Mapped only when the new sessions carry meanwhile.
    const mapsOwn = isEmbedded && sessions.length > 0 && one.vnic.mappedMember === null;
    return [
      addVNic({
        vswitch: one.vswitch,
        name,
        vlanId: Number(textIn(request, 'vlan')),
        isIsolated: usesIsolation(request, one.vnic),
      }),
      giveAddress({
        of: entityOf(one.vswitch),
        interfaceName: vnicAdapter(name),
        index: indexOfVNic(name),
        own,
        leaves: [{ change: 'add-vnic', name, vswitchId: one.vswitch.id, ...own }],
      }),
      ...(isEmbedded && members.added !== undefined ? [mapStep(one, name, members.added, {})] : []),
      ...sessions,
      ...(mapsOwn && members.own !== undefined
        ? [mapStep(one, one.vnic.vnicName, members.own, { vnic: one.vnic })]
        : []),
    ];
  },
});
