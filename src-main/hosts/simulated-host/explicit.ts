/**
 * A scenario with everything said that it leaves to defaults and that a change may have to name: a login that is stored,
 * a disk that a target offers, the number of a session. A host laid out from it is the same host.
 */
import type { Machine } from './machine.ts';
import type {
  Scenario,
  ScenarioDisk,
  ScenarioIscsi,
  ScenarioLogin,
  ScenarioSession,
  ScenarioTarget,
} from './scenario.ts';
import { parsePortal } from './storage-layout.ts';

/** The scenario of a machine, said in full. */
export function explicitScenario(machine: Machine): ExplicitScenario {
  const { scenario } = machine;
  const disks = new Map(machine.storage.disks.map((disk) => [disk.number, diskOf(machine, disk.number)]));
  return {
    ...scenario,
    msiscsi: machine.msiscsi,
    iscsi: iscsiOf(machine),
    disks: [...disks.values()],
    mpio: scenario.mpio ?? { disks: [] },
  };
}

export interface ExplicitIscsi extends ScenarioIscsi {
  readonly portals: NonNullable<ScenarioIscsi['portals']>;
  readonly logins: readonly ScenarioLogin[];
}

export interface ExplicitScenario extends Scenario {
  readonly msiscsi: NonNullable<Scenario['msiscsi']>;
  readonly iscsi: ExplicitIscsi;
  readonly disks: readonly ScenarioDisk[];
  readonly mpio: NonNullable<Scenario['mpio']>;
}

function diskOf(machine: Machine, number: number): ScenarioDisk {
  const disk = machine.storage.diskNumbered(number);
  if (disk === undefined) throw new Error(`No disk ${number}`);
  return { ...disk.scenario, busType: disk.busType, uniqueId: disk.uniqueId };
}

function iscsiOf(machine: Machine): ExplicitIscsi {
  const given = machine.scenario.iscsi ?? { targets: [], sessions: [] };
  const hasMpio = machine.hasFeature('Multipath-IO');
  const sessions = machine.storage.sessions.map((session): ScenarioSession => ({
    ...session.scenario,
    ordinal: session.ordinal,
    isMultipath: session.scenario.isMultipath ?? hasMpio,
  }));
  const targets = new Map<string, ScenarioTarget>(given.targets.map((target) => [target.iqn, target]));
  for (const { iqn, connections } of sessions) {
    if (!targets.has(iqn)) targets.set(iqn, { iqn, portals: connections.map((connection) => connection.to) });
  }
  const known = [...targets.values()].map((target) => ({
    ...target,
    luns: target.luns ?? lunsOf(machine, target.iqn),
  }));
  const portals = new Map(
    known.flatMap((target) =>
      target.portals.map((portal) => [portal, { ...parsePortal(portal), from: '' }] as const),
    ),
  );
  return {
    ...given,
    targets: known,
    sessions,
    portals: given.portals ?? [...portals.values()],
    logins: given.logins ?? sessions.flatMap((session) => storedLogin(known, session)),
  };
}

function lunsOf(machine: Machine, iqn: string): NonNullable<ScenarioTarget['luns']> {
  const luns = new Map<string, NonNullable<ScenarioTarget['luns']>[number]>();
  for (const session of machine.storage.sessions) {
    if (session.scenario.iqn !== iqn) continue;
    for (const number of session.disks) {
      const disk = diskOf(machine, number);
      const policy = machine.storage.diskNumbered(number)?.mpio?.policy;
      const id = disk.uniqueId ?? '';
      if (!luns.has(id)) luns.set(id, { ...disk, ...(policy === undefined ? {} : { policy }) });
    }
  }
  return [...luns.values()];
}

function storedLogin(targets: readonly ScenarioTarget[], session: ScenarioSession): ScenarioLogin[] {
  const [connection] = session.connections;
  if (session.isPersistent === false || connection === undefined) return [];
  const chap = targets.find((target) => target.iqn === session.iqn)?.chap;
  return [
    {
      iqn: session.iqn,
      from: connection.from ?? null,
      to: connection.to,
      isMultipath: session.isMultipath ?? false,
      ...(session.initiatorInstance === undefined ? {} : { initiatorInstance: session.initiatorInstance }),
      ...(chap === undefined ? {} : { chap }),
    },
  ];
}
