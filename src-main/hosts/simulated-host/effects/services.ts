/** Set-Service, Start-Service and Stop-Service, as far as the iSCSI initiator goes; the other services stay as they are. */
import type { CmdletError } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { explicitScenario, type ExplicitScenario } from '../explicit.ts';
import { servicesOf } from '../system-classes.ts';
import { anyOf, hasWildcard } from '../wildcard.ts';
import { changing, refused, should, wordOf } from './changing.ts';
import { logInToStored } from './iscsi.ts';
import { withoutSession } from './iscsi-sessions.ts';

const service = changing({ module: 'Microsoft.PowerShell.Management' });
const startTypes = ['Automatic', 'Manual', 'Disabled'] as const;
const statuses = ['Running', 'Stopped', 'Paused'] as const;

/** The names that are services here, and the errors of those that are not. */
function namesMeant({ machine, parameters, command }: Situation) {
  const wanted = parameters.texts('Name') ?? parameters.propertyOf('InputObject', 'Name') ?? [];
  const known = servicesOf(machine).map((entry) => entry.name);
  const errors = wanted
    .filter((name) => !hasWildcard(name) && !known.some(anyOf([name])))
    .map((name): CmdletError => ({
      message: `Cannot find any service with service name '${name}'.`,
      id: `NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.${command.replace('-', '')}Command`,
      category: 'ObjectNotFound',
      terminating: false,
      exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
      target: name,
    }));
  return { names: known.filter(anyOf(wanted)), errors };
}

function cannotStart(name: string): CmdletError {
  return {
    message: `Service '${name} (${name})' cannot be started due to the following error: Cannot start service ${name} on computer '.'.`,
    id: 'CouldNotStartService,Microsoft.PowerShell.Commands.StartServiceCommand',
    category: 'OpenError',
    terminating: false,
    exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
    target: name,
  };
}

function withStatus(situation: Situation, status: 'Running' | 'Stopped'): Outcome {
  const { names, errors } = namesMeant(situation);
  const { machine } = situation;
  const scenario = explicitScenario(machine);
  if (!names.includes('MSiSCSI') || scenario.msiscsi.status === status) return { errors };
  if (status === 'Running') {
    if (scenario.msiscsi.startType === 'Disabled') return refused(...errors, cannotStart('MSiSCSI'));
    const started: ExplicitScenario = { ...scenario, msiscsi: { ...scenario.msiscsi, status } };
    return { scenario: logInToStored(machine, started), errors };
  }
  // Its sessions go with it, and with them the disks: whoever stops it pulls the plug.
  const alone = scenario.iscsi.sessions.reduce(withoutSession, scenario);
  return { scenario: { ...alone, msiscsi: { ...scenario.msiscsi, status } }, errors };
}

function setService(situation: Situation): Outcome {
  const startType = wordOf(situation, 'StartupType', startTypes);
  if (startType.error !== undefined) return refused(startType.error);
  const status = wordOf(situation, 'Status', statuses);
  if (status.error !== undefined) return refused(status.error);
  const { names, errors } = namesMeant(situation);
  const scenario = explicitScenario(situation.machine);
  if (!names.includes('MSiSCSI')) return { errors };
  const set =
    startType.value === undefined
      ? scenario
      : { ...scenario, msiscsi: { ...scenario.msiscsi, startType: startType.value } };
  if (status.value === undefined || status.value === 'Paused') return { scenario: set, errors };
  const outcome = withStatus(
    { ...situation, machine: { ...situation.machine, msiscsi: set.msiscsi } },
    status.value,
  );
  return { ...outcome, scenario: outcome.scenario ?? set };
}

export const serviceChanges: Readonly<Record<string, ChangingCommand>> = {
  'Set-Service': service(
    `${should} ComputerName Description DisplayName InputObject Name PassThru StartupType Status`,
    setService,
  ),
  'Start-Service': service(`${should} DisplayName Exclude Include InputObject Name PassThru`, (situation) =>
    withStatus(situation, 'Running'),
  ),
  'Stop-Service': service(
    `${should} DisplayName Exclude Force Include InputObject Name NoWait PassThru`,
    (situation) => withStatus(situation, 'Stopped'),
  ),
};
