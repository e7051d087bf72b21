/** Members taken out of an LBFO team one at a time, each with an address and sessions of its own, before the team's go. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Adapter, IscsiSession, IscsiTarget, Team } from '#shared/host/host-model.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { adapterById, addressById } from '../../path-graph/walks.ts';
import { defineFix, type AskedChoice, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue, indexOf } from '../interface-values.ts';
import {
  chapAnswered,
  chapChoices,
  identifiersOf,
  lacksChap,
  loginOf,
  portOf,
  sessionsMeant,
  targetsMeant,
} from '../iscsi-logins.ts';
import { makeSession, removeSession } from '../iscsi-session-steps.ts';
import { withoutMultipath } from '../multipath-in-effect.ts';
import { cannotReplace } from '../replaceable-session.ts';
import {
  addressChoice,
  freeAddressesAfter,
  giveAddress,
  portalsBeside,
  readAddress,
  type OwnAddress,
} from '../storage-addresses.ts';

/** Each asks for its address after those before it. */
const mostAtOnce = 6;

interface Member {
  readonly adapter: Adapter;
  readonly mode: 'Active' | 'Standby';
}

interface Meant {
  readonly team: Team;
  /** Those that are up, those that stand by first: taking them out costs the team least. */
  readonly members: readonly Member[];
  /** Sessions that leave by the team. */
  readonly sessions: readonly IscsiSession[];
}

function meant(request: FixRequest): Meant | undefined {
  const { model, finding } = request;
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const team = model.teams.find(({ id }) => ids.has(id));
  if (team === undefined) return undefined;
  const nics = new Set(team.teamNicIds);
  const members = team.members.flatMap(({ adapterId, mode = 'Active' }): Member[] => {
    const adapter = adapterById(model, adapterId);
    return adapter?.isUp === true ? [{ adapter, mode }] : [];
  });
  return {
    team,
    members: [
      ...members.filter(({ mode }) => mode === 'Standby'),
      ...members.filter(({ mode }) => mode === 'Active').reverse(),
    ],
    sessions: sessionsMeant(request).filter(({ connections }) =>
      connections.some(({ interfaceId }) => interfaceId !== undefined && nics.has(interfaceId)),
    ),
  };
}

function chosenMembers(request: FixRequest, { members }: Meant): readonly Member[] {
  const answer = request.answers['members'] ?? [];
  const names: readonly string[] = typeof answer === 'string' ? [answer] : answer;
  return members.filter(({ adapter }) => names.includes(adapter.name));
}

/** Addresses of the team that its sessions leave from. */
function addressesInUse({ model }: FixFacts, { sessions }: Meant): readonly OwnAddress[] {
  const found = new Map<string, OwnAddress>();
  for (const { addressId } of sessions.flatMap(({ connections }) => connections)) {
    const address = addressById(model, addressId);
    if (address?.prefixLength === undefined) continue;
    found.set(address.id, { address: address.ipAddress, prefixLength: address.prefixLength });
  }
  return [...found.values()];
}

const askedAddress = ({ adapter }: Member): string => `address:${adapter.name}`;

/** One after the other, since each rests on what the others were given. */
function addressChoices(request: FixRequest, one: Meant): readonly AskedChoice[] {
  const near = addressesInUse(request, one);
  const asked: AskedChoice[] = [];
  const taken: string[] = [];
  for (const [place, member] of chosenMembers(request, one).entries()) {
    const beside = near[place % Math.max(near.length, 1)];
    const free = beside === undefined ? [] : freeAddressesAfter(request, beside, taken.length + 1);
    const proposal = free.find((text) => !taken.includes(text));
    asked.push(
      addressChoice(request, {
        id: askedAddress(member),
        on: member.adapter.name,
        proposal,
        targets: targetsMeant(request),
        taken: [...taken],
      }),
    );
    const answer = request.answers[askedAddress(member)];
    if (typeof answer !== 'string') break;
    taken.push(answer);
  }
  return asked;
}

function ownAddress({ answers }: FixRequest, member: Member): OwnAddress | undefined {
  const value = answers[askedAddress(member)];
  return typeof value === 'string' ? readAddress(value) : undefined;
}

/** Those that the team's sessions go to, where they are in the subnet; else all that are. */
function portalsFor(
  facts: FixFacts,
  { sessions }: Meant,
  own: OwnAddress,
  target: IscsiTarget,
): readonly string[] {
  const beside = portalsBeside(facts, own, target);
  const used = new Set(
    sessions
      .filter(({ targetId }) => targetId === target.id)
      .flatMap(({ connections }) => connections.flatMap(({ targetAddress }) => targetAddress ?? [])),
  );
  const both = beside.filter((address) => used.has(address));
  return both.length > 0 ? both : beside;
}

function leaveStep({ team, sessions }: Meant, { adapter, mode }: Member): Step {
  const isMember = (facts: FixFacts): boolean | undefined => {
    const { NetLbfoTeamMember } = facts.snapshot.readings;
    return NetLbfoTeamMember.status === 'ok'
      ? NetLbfoTeamMember.records.some(({ name }) => nameKey(name) === nameKey(adapter.name))
      : undefined;
  };
  return {
    title: `${adapter.name} leaves team ${team.name}, which goes on with the members that are left.`,
    commands: [
      {
        cmdlet: 'Remove-NetLbfoTeamMember',
        parameters: { Name: adapterValue(adapter), Team: team.name },
      },
    ],
    changes: [
      { of: entityOf(adapter), property: `Member of ${team.name}`, before: mode, after: 'no member' },
    ],
    impact: 'path',
    takesDown: [adapter.id],
    leaves: [{ change: 'fail', id: adapter.id }],
    verify: {
      says: `${adapter.name} is no member of a team and is up, and the sessions over team ${team.name} are connected.`,
      observations: [
        'NetAdapter',
        'NetLbfoTeam',
        'NetLbfoTeamMember',
        'NetLbfoTeamNic',
        'IscsiSession',
        'IscsiConnection',
      ],
      settleSeconds: 60,
      differs: (now) => {
        const is = isMember(now);
        if (is !== false) return `${adapter.name} is ${is === true ? 'still' : 'perhaps'} a member.`;
        if (now.model.adapters.find(({ id }) => id === adapter.id)?.isUp !== true) {
          return `${adapter.name} is not up.`;
        }
        const lost = sessions.find(
          ({ id }) => now.model.sessions.find((session) => session.id === id)?.isConnected !== true,
        );
        return lost === undefined ? undefined : `The session ${lost.name} is not connected.`;
      },
    },
    undo: [
      {
        cmdlet: 'Add-NetLbfoTeamMember',
        parameters: { Name: adapterValue(adapter), Team: team.name, AdministrativeMode: mode },
        unless: {
          question: {
            read: 'Get-NetLbfoTeamMember',
            where: [
              { property: 'Name', is: adapter.name },
              { property: 'Team', is: team.name },
            ],
          },
          isThere: true,
        },
      },
    ],
  };
}

function memberSteps(request: FixRequest, one: Meant, member: Member): readonly Step[] {
  const own = ownAddress(request, member);
  if (own === undefined) return [];
  const { adapter } = member;
  const speed = adapter.speedBitsPerSecond;
  const sessions = identifiersOf(request);
  return [
    leaveStep(one, member),
    giveAddress({
      of: entityOf(adapter),
      interfaceName: adapter.name,
      index: indexOf(adapter),
      own,
      leaves: [
        {
          change: 'add-nic',
          // The adapter itself stays in the picture as one that its team has lost.
          name: `${adapter.name} outside of ${one.team.name}`,
          to: own,
          ...(typeof speed === 'number' && { bitsPerSecond: speed }),
        },
      ],
    }),
    ...targetsMeant(request).flatMap((target) => {
      const portals = portalsFor(request, one, own, target);
      const chap = chapAnswered(request, target);
      return portals.map((to) =>
        makeSession({
          login: {
            target,
            from: own.address,
            to,
            port: portOf(request.model, target, to),
            isPersistent: true,
            ...(chap !== undefined && { chap }),
          },
          others: { sessions },
          hasTwins: portals.length > 1,
        }),
      );
    }),
  ];
}

function cannotLeave({ model }: FixFacts, { team, members }: Meant): readonly Refusal[] {
  const refuse = (message: string, remedy: string): readonly Refusal[] => [
    { reason: 'does-not-fit', message, remedy },
  ];
  const vswitch = model.vswitches.find(({ id }) => id === team.vswitchId);
  if (vswitch !== undefined) {
    return refuse(
      `vSwitch ${vswitch.name} stands on team ${team.name}: its members carry virtual machines.`,
      'Put storage vNICs on the vSwitch instead.',
    );
  }
  if (team.teamingMode !== 'SwitchIndependent') {
    return refuse(
      `Team ${team.name} is in the mode ${team.teamingMode ?? 'that is not known'}: the ports of the physical switch have to leave the bundle together with the adapters.`,
      'Have the ports taken out of the bundle at the switch, one before each adapter, and follow the commands by hand.',
    );
  }
  const tagged = model.teamNics.find(
    ({ id, vlanId }) => team.teamNicIds.includes(id) && typeof vlanId === 'number' && vlanId > 0,
  );
  if (tagged !== undefined) {
    return refuse(
      `${tagged.name} is in VLAN ${tagged.vlanId ?? 0}, and an adapter outside of the team sends untagged frames.`,
      'Make the VLAN of storage the untagged one at the ports of these adapters, or use vNICs on a vSwitch.',
    );
  }
  return members.length < 3
    ? refuse(
        `Team ${team.name} has ${members.length} members that are up: with one that stays, one or none is left for storage, which is no more than now.`,
        'Add an adapter for storage, or move what else uses the team away from it and dissolve it by hand.',
      )
    : [];
}

/** Sessions with the same ends could not be told apart on the way back. */
function twins(request: FixRequest, { sessions }: Meant): readonly Refusal[] {
  const seen = new Set<string>();
  return sessions.flatMap((session): Refusal[] => {
    const login = loginOf(request, session);
    const key = `${session.targetId} ${login?.from ?? ''} ${login?.to ?? ''}`;
    const isTwin = login !== undefined && seen.has(key);
    seen.add(key);
    return isTwin
      ? [
          {
            reason: 'does-not-fit',
            message: `Several sessions of ${login.target.name} have the same ends.`,
            remedy: 'Take the one that adds nothing away first (see iscsi-same-pair-twice).',
          },
        ]
      : [];
  });
}

export const fix = defineFix({
  id: 'iscsi-members-out-of-team',
  title: 'Take adapters out of the team and let MPIO use them',
  impact: 'path',
  needs: [
    'NetAdapter',
    'NetIPAddress',
    'NetRoute',
    'DnsClient',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
    'IscsiSession',
    'IscsiConnection',
    'IscsiPersistentLogin',
    'IscsiTarget',
    'Disk',
  ],
  order: 58,
  precheck: (request): readonly Refusal[] => {
    const one = meant(request);
    if (one === undefined || one.sessions.length === 0) {
      return [
        {
          reason: 'fact-missing',
          message: 'The sessions over the team, or the team, are not known.',
          remedy: 'Look again as an administrator.',
        },
      ];
    }
    return [
      ...cannotLeave(request, one),
      ...withoutMultipath(request, targetsMeant(request)),
      ...one.sessions.flatMap((session) => cannotReplace(request, session)),
      ...twins(request, one),
    ];
  },
  choices: (request) => {
    const one = meant(request);
    if (one === undefined || cannotLeave(request, one).length > 0) return [];
    const { team, members } = one;
    const names = members.map(({ adapter }) => adapter.name);
    return [
      {
        id: 'members',
        question: `Which adapters shall leave team ${team.name}?`,
        type: 'several-of',
        options: members.map(({ adapter, mode }) => ({
          value: adapter.name,
          label: `${adapter.name} (${mode === 'Standby' ? 'stands by' : 'active'})`,
        })),
        proposal: names.slice(0, 2),
        because: 'Two are two paths; the others stay in the team for what else uses it.',
        check: (value) => {
          const chosen: readonly string[] = typeof value === 'string' ? [value] : value;
          if (chosen.length > mostAtOnce) return `At most ${mostAtOnce} at a time.`;
          if (chosen.length < 2) return 'With one adapter alone storage has one path, as now: choose two.';
          const left = members.filter(
            ({ adapter, mode }) => mode === 'Active' && !chosen.includes(adapter.name),
          );
          return left.length === 0 ? `An active member has to stay in team ${team.name}.` : undefined;
        },
      },
      ...addressChoices(request, one),
      ...chapChoices(request, targetsMeant(request)),
    ];
  },
  plan: (request): readonly Step[] => {
    const one = meant(request);
    if (one === undefined || targetsMeant(request).some((target) => lacksChap(request, target))) return [];
    const chosen = chosenMembers(request, one);
    const known = identifiersOf(request);
    const added = chosen.flatMap((member) => ownAddress(request, member)?.address ?? []);
    return [
      ...chosen.flatMap((member) => memberSteps(request, one, member)),
      ...one.sessions.flatMap((session) => {
        const login = loginOf(request, session);
        if (login === undefined) return [];
        return [
          removeSession({
            facts: request,
            login,
            session,
            others: {
              sessions: known.filter((id) => id !== session.sessionIdentifier),
              // Of a login that names no address: those of the new sessions, and of the others that are brought back.
              addresses: [...added, ...one.sessions.flatMap((other) => loginOf(request, other)?.from ?? [])],
            },
          }),
        ];
      }),
    ];
  },
});
