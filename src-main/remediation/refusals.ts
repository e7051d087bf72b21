/** What stands in the way of a plan, whatever it does; each with what would make it possible. */
import { entitiesText } from '#shared/entity-text.ts';
import type { CheckSource } from '#shared/finding.ts';
import type { BlastRadius, Impact, Refusal } from '#shared/fix-plan.ts';
import { gravest } from '#shared/fix-plan.ts';
import type { Disk } from '#shared/host/host-model.ts';
import { nameKey } from '../path-graph/joins.ts';
import { holdsAddress } from './blast-radius.ts';
import type { Fix, FixFacts, Step } from './define-fix.ts';
import type { Surroundings } from './surroundings.ts';

export interface RefusalFacts {
  readonly source: CheckSource;
  readonly isElevated: boolean;
  readonly surroundings: Surroundings;
  readonly facts: FixFacts;
  /** The host as the whole plan leaves it. */
  readonly after: FixFacts;
  readonly fixes: readonly Fix[];
  readonly steps: readonly { readonly step: Step; readonly radius: BlastRadius }[];
}

/** The sentence that names the harm, to be typed by whoever wants it all the same. */
export function harmSentence(radii: readonly BlastRadius[]): string {
  const harmed = radii.flatMap(({ lostDisks, lostShares }) => [...lostDisks, ...lostShares]);
  const names = [...new Set(harmed.map(({ name }) => name))];
  return `cut every path to ${names.join(', ')}`;
}

/** A guard is armed before the first step of a plan that has one of these. */
export function needsGuard(impacts: readonly Impact[]): boolean {
  return impacts.some((impact) => impact === 'path' || impact === 'link' || impact === 'outage');
}

export function refusalsFor(given: RefusalFacts): readonly Refusal[] {
  return [
    ...ofPlace(given),
    ...ofFacts(given),
    ...ofRestart(given),
    ...ofCluster(given),
    ...ofOwners(given),
    ...ofPaths(given),
    ...ofManagement(given),
    ...ofGuard(given),
  ];
}

function ofPlace({ source, isElevated, fixes }: RefusalFacts): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (source === 'capture') {
    refusals.push({
      reason: 'capture-file',
      message: 'This host is a capture file: the plan can be read, and nothing can be applied.',
      remedy: 'Run Switchyard on the host itself, or save the plan as a script and review it there.',
    });
  } else if (!isElevated) {
    refusals.push({
      reason: 'not-elevated',
      message: 'Switchyard runs without administrator rights, and every change takes them.',
      remedy: 'Start Switchyard again with "Run as administrator".',
    });
  }
  for (const { title, byHand } of fixes) {
    if (byHand !== undefined) {
      refusals.push({
        reason: 'by-hand',
        message: `"${title}" is a runbook: ${byHand}`,
        remedy: 'Follow its steps by hand; the commands are there to copy.',
      });
    }
  }
  return refusals;
}

function ofFacts({ facts, fixes }: RefusalFacts): readonly Refusal[] {
  const { readings } = facts.snapshot;
  const needed = [...new Set(fixes.flatMap(({ needs }) => needs))];
  return needed.flatMap((name): Refusal[] => {
    const reading = readings[name];
    if (reading.status === 'ok') return [];
    const why = reading.status === 'not-asked' ? 'It was not asked for.' : reading.error.message;
    return [
      {
        reason: 'fact-missing',
        message: `${name} could not be read: ${why}`,
        remedy: 'Look again as an administrator; a plan must not rest on what is not known.',
      },
    ];
  });
}

function ofRestart({ surroundings: { restartPending }, source, steps }: RefusalFacts): readonly Refusal[] {
  if (source === 'capture' || steps.length === 0) return [];
  if (restartPending === undefined) {
    return [
      {
        reason: 'fact-missing',
        message: 'Whether Windows waits for a restart could not be read.',
        remedy: 'Look again as an administrator.',
      },
    ];
  }
  return restartPending.length === 0
    ? []
    : [
        {
          reason: 'reboot-pending',
          message: `Windows waits for a restart (${restartPending.join('; ').toLowerCase()}), so what is seen now is not what will be.`,
          remedy: 'Restart the host first; on the node of a cluster, drain its roles before.',
        },
      ];
}

const redirected = /redirect/i;

function ofCluster({ facts, surroundings, steps }: RefusalFacts): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const impacts = steps.map(({ step }) => step.impact);
  const roles = surroundings.clusterRoles;
  const isHeavy = impacts.some((impact) => impact === 'reboot' || impact === 'outage');
  if (isHeavy && facts.model.host.isClusterNode === true) {
    if (roles === undefined) {
      refusals.push({
        reason: 'fact-missing',
        message: 'Which roles of the cluster run on this node could not be read.',
        remedy: 'Look again as an administrator of the cluster.',
      });
    } else if (roles.length > 0) {
      refusals.push({
        reason: 'cluster-roles',
        message: `This node of the cluster carries ${roles.slice(0, 4).join(', ')}${roles.length > 4 ? ` and ${roles.length - 4} more` : ''}.`,
        remedy: 'Drain the node first (Suspend-ClusterNode -Drain), one node at a time.',
      });
    }
  }
  const { ClusterSharedVolumeState } = facts.snapshot.readings;
  const volumes =
    ClusterSharedVolumeState.status === 'ok'
      ? ClusterSharedVolumeState.records.filter(({ state }) => redirected.test(state ?? ''))
      : [];
  if (volumes.length > 0 && needsGuard(impacts)) {
    const names = [...new Set(volumes.map(({ name }) => name))];
    refusals.push({
      reason: 'csv-redirected',
      message: `${names.slice(0, 4).join(', ')}: access is redirected over the network that these steps touch.`,
      remedy: 'Bring the volumes back to direct access first (see csv-redirected).',
    });
  }
  return refusals;
}

/** Adapters that the plan changes or takes down, by the names that Windows shows. */
function touchedNames({ facts, steps }: RefusalFacts): ReadonlySet<string> {
  const { adapters, teams, vswitches } = facts.model;
  const ids = new Set(
    steps.flatMap(({ step }) => [...(step.takesDown ?? []), ...step.changes.map(({ of }) => of.id)]),
  );
  const ofTeams = teams
    .filter(({ id, vswitchId }) => ids.has(id) || (vswitchId !== undefined && ids.has(vswitchId)))
    .flatMap(({ members }) => members.map(({ name }) => name));
  const ofSwitches = vswitches
    .filter(({ id }) => ids.has(id))
    .flatMap(({ uplink }) =>
      uplink !== undefined && 'adapterId' in uplink
        ? adapters.filter(({ id }) => id === uplink.adapterId).map(({ name }) => name)
        : [],
    );
  const direct = adapters.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  return new Set([...direct, ...ofTeams, ...ofSwitches].map(nameKey));
}

function ofOwners(given: RefusalFacts): readonly Refusal[] {
  return [...ofNetworkAtc(given), ...ofVirtualMachineManager(given)];
}

/** Its own extension on a vSwitch, which it puts on its logical switches alone. */
const ofVmm = /\bVMM\b/;

/** All that a host can tell of it: who owns a logical switch is written in the database of Virtual Machine Manager. */
function ofVirtualMachineManager({ facts, steps }: RefusalFacts): readonly Refusal[] {
  const { model, snapshot } = facts;
  const ids = new Set(
    steps.flatMap(({ step }) => [...(step.takesDown ?? []), ...step.changes.map(({ of }) => of.id)]),
  );
  const touched = model.vswitches.filter(({ id, uplink }) => {
    const teamId = uplink !== undefined && 'teamId' in uplink ? uplink.teamId : undefined;
    return (
      ids.has(id) ||
      (teamId !== undefined && ids.has(teamId)) ||
      model.teamNics.some((one) => ids.has(one.id) && one.teamId === teamId) ||
      model.vnics.some((one) => ids.has(one.id) && one.vswitchId === id)
    );
  });
  const { VMSwitch } = snapshot.readings;
  const records = VMSwitch.status === 'ok' ? VMSwitch.records : [];
  return touched.flatMap(({ name }): Refusal[] => {
    const extension = records
      .find((record) => nameKey(record.name) === nameKey(name))
      ?.extensions?.find((one) => one.isEnabled && ofVmm.test(one.name));
    return extension === undefined
      ? []
      : [
          {
            reason: 'owned-elsewhere',
            message: `vSwitch ${name} carries "${extension.name}": it is a logical switch of Virtual Machine Manager, which would undo the change or call the host out of line.`,
            remedy: 'Change the logical switch or its port profiles in Virtual Machine Manager instead.',
          },
        ];
  });
}

function ofNetworkAtc(given: RefusalFacts): readonly Refusal[] {
  const { NetIntent } = given.facts.snapshot.readings;
  if (NetIntent.status !== 'ok') return [];
  const touched = touchedNames(given);
  return NetIntent.records.flatMap(({ name, adapterNames }): Refusal[] => {
    const owned = (adapterNames ?? []).filter((adapter) => touched.has(nameKey(adapter)));
    return owned.length === 0
      ? []
      : [
          {
            reason: 'owned-elsewhere',
            message: `${owned.join(', ')} belongs to the Network ATC intent ${name}, which would undo the change.`,
            remedy: `Change the intent ${name} instead, or take the adapter out of it.`,
          },
        ];
  });
}

function ofPaths({ steps }: RefusalFacts): readonly Refusal[] {
  const harmful = steps
    .map(({ radius }) => radius)
    .filter(({ lostDisks, lostShares }) => lostDisks.length + lostShares.length > 0);
  if (harmful.length === 0) return [];
  const harmed = new Map(
    harmful.flatMap(({ lostDisks, lostShares }) => [...lostDisks, ...lostShares]).map((one) => [one.id, one]),
  );
  return [
    {
      reason: 'last-path',
      message: `No working path would be left to ${entitiesText([...harmed.values()], 6)} while it runs.`,
      remedy: 'Add a second path first, or move what runs there to another host.',
      typeToOverride: harmSentence(harmful),
    },
  ];
}

function ofManagement({ surroundings, source, facts, after, steps }: RefusalFacts): readonly Refusal[] {
  const addresses = surroundings.operatorAddresses;
  if (steps.length === 0 || source === 'capture') return [];
  if (addresses === undefined) {
    return needsGuard(steps.map(({ step }) => step.impact))
      ? [
          {
            reason: 'fact-missing',
            message: 'Which addresses remote sessions to this host use could not be read.',
            remedy: 'Look again as an administrator.',
          },
        ]
      : [];
  }
  const moved = new Set(steps.flatMap(({ step }) => step.movesAddresses ?? []));
  const isKept = holdsAddress(after, addresses) || addresses.some((address) => moved.has(address));
  return addresses.length > 0 && holdsAddress(facts, addresses) && !isKept
    ? [
        {
          reason: 'management-session',
          message: `The plan takes away ${addresses.join(', ')}, the address that you work over.`,
          remedy:
            'Work from the console of the host (iLO, iDRAC), or move management to another address first.',
        },
      ]
    : [];
}

function ofGuard({ surroundings: { hasScheduler }, source, steps }: RefusalFacts): readonly Refusal[] {
  if (source === 'capture' || hasScheduler === true) return [];
  return needsGuard([gravest(steps.map(({ step }) => step.impact))])
    ? [
        {
          reason: 'no-guard',
          message: `The Task Scheduler ${hasScheduler === false ? 'does not run' : 'could not be asked'}, so nothing would undo the change if Switchyard were lost.`,
          remedy: 'Start the service Schedule, then look again.',
        },
      ]
    : [];
}

/** For fixes: something that only servers have. */
export function needsServer({ model }: FixFacts, what: string): readonly Refusal[] {
  return model.host.isClient === true
    ? [
        {
          reason: 'unsupported-windows',
          message: `${what} is part of Windows Server; this is ${model.host.caption ?? 'a client'}.`,
          remedy: 'It takes Windows Server.',
        },
      ]
    : [];
}

/** For fixes: disks whose paths another module than Microsoft's decides over. */
export function needsMicrosoftDsm(disks: readonly Disk[]): readonly Refusal[] {
  return disks.flatMap(({ name, mpio }): Refusal[] =>
    mpio === undefined || mpio.isMicrosoftDsm
      ? []
      : [
          {
            reason: 'vendor-dsm',
            message: `${mpio.dsmName ?? 'A module that is not known'} holds ${name} and decides over its paths itself.`,
            remedy: "Use the vendor's own program.",
          },
        ],
  );
}
