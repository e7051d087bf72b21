/** What time and a restart do to a host. */
import { explicitScenario, type ExplicitScenario } from './explicit.ts';
import { claimDisks } from './effects/mpio.ts';
import { logInToStored } from './effects/iscsi.ts';
import { withoutSession, withPersistence } from './effects/iscsi-sessions.ts';
import { layOutMachine, type Machine } from './machine.ts';
import { isTaken } from './reach.ts';
import type { Scenario } from './scenario.ts';

/** The scenario once what had begun is over: restarts of adapters, detection of duplicate addresses. The same one where nothing was. */
export function settled(machine: Machine, now: number): Scenario {
  const { scenario } = machine;
  const isOver = (until: number | undefined) => until !== undefined && until <= now;
  const anyOver =
    (scenario.settings ?? []).some((entry) => isOver(entry.restartsUntil)) ||
    (scenario.addresses ?? []).some((entry) => isOver(entry.tentativeUntil));
  return anyOver ? allSettled(machine, isOver) : scenario;
}

function allSettled(machine: Machine, isOver: (until: number | undefined) => boolean): Scenario {
  const { scenario } = machine;
  return {
    ...scenario,
    settings: (scenario.settings ?? []).flatMap((entry) => {
      if (!isOver(entry.restartsUntil)) return [entry];
      const { restartsUntil: _, ...left } = entry;
      return Object.keys(left).length === 1 ? [] : [left];
    }),
    addresses: (scenario.addresses ?? []).map((entry) => {
      if (!isOver(entry.tentativeUntil)) return entry;
      const { tentativeUntil: _, state: __, ...left } = entry;
      const [address = ''] = entry.address.split('/');
      return isTaken(machine, address) ? { ...left, state: 'Duplicate' } : left;
    }),
  };
}

/** The scenario after the next start of Windows: only what survives one, with all that was waiting for it. */
export function restarted(machine: Machine): Scenario {
  const scenario = explicitScenario(
    layOutMachine(
      allSettled(machine, (until) => until !== undefined),
      machine.identities,
    ),
  );
  const { install = [], remove = [], claimsIscsi } = scenario.pending ?? {};
  const features = [...scenario.features.filter((name) => !remove.includes(name)), ...install];
  const isNew = install.includes('Multipath-IO');
  const { pending: _, ...lasting } = scenario;
  const alone = scenario.iscsi.sessions.reduce<ExplicitScenario>(withoutSession, {
    ...lasting,
    features,
    mpio: isNew ? { ...scenario.mpio, claimsIscsi: scenario.mpio.claimsIscsi ?? false } : scenario.mpio,
  });
  const isAutomatic = scenario.msiscsi.startType === 'Automatic';
  const started: ExplicitScenario = {
    ...alone,
    msiscsi: { ...scenario.msiscsi, status: isAutomatic ? 'Running' : 'Stopped' },
    iscsi: withPersistence({ ...alone.iscsi, lastOrdinal: 0 }),
    restarts: (scenario.restarts ?? 0) + 1,
    tasks: (scenario.tasks ?? []).map(({ isRunning: __, ...task }) => task),
  };
  const connected = isAutomatic
    ? logInToStored(layOutMachine(started, machine.identities), started)
    : started;
  return claimsIscsi === true ? claimDisks(connected, () => true) : connected;
}
