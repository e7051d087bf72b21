/** Roles and features: what needs a restart is pending until then. */
import { enumOf, object } from '../cim.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { explicitScenario } from '../explicit.ts';
import type { Machine } from '../machine.ts';
import { serverFeatures } from '../system-commands.ts';
import { changing, refused, should } from './changing.ts';

const serverManager = changing({ module: 'ServerManager', isServerOnly: true });

/** These change drivers in the way of what runs. */
const needsRestart: ReadonlySet<string> = new Set(['Multipath-IO', 'Hyper-V']);

const exitCodes = { Success: 0, NoChangeNeeded: 1003, SuccessRestartRequired: 3010 } as const;

function result(exitCode: keyof typeof exitCodes) {
  const isPending = exitCode === 'SuccessRestartRequired';
  const commands = 'Microsoft.Windows.ServerManager.Commands';
  return object(`${commands}.FeatureOperationResult`, {
    Success: true,
    RestartNeeded: enumOf(`${commands}.RestartState`, isPending ? 'Yes' : 'No', isPending ? 1 : 0),
    FeatureResult: [],
    ExitCode: enumOf(`${commands}.FeatureOperationExitCode`, exitCode, exitCodes[exitCode]),
  });
}

function without(list: readonly string[], names: readonly string[]): string[] {
  return list.filter((name) => !names.includes(name));
}

/** Features that come or go at once, and those that wait for a restart. */
function changeFeatures(machine: Machine, names: readonly string[], isInstall: boolean) {
  const scenario = explicitScenario(machine);
  const { install = [], remove = [], ...others } = scenario.pending ?? {};
  const undone = isInstall ? remove : install;
  const wanted = names.filter(
    (name) =>
      undone.includes(name) ||
      (machine.hasFeature(name) !== isInstall && !(isInstall ? install : remove).includes(name)),
  );
  const later = wanted.filter((name) => needsRestart.has(name) && !undone.includes(name));
  const now = wanted.filter((name) => !needsRestart.has(name));
  const pending = {
    ...others,
    install: isInstall ? [...install, ...later] : without(install, wanted),
    remove: isInstall ? without(remove, wanted) : [...remove, ...later],
  };
  const features = isInstall ? [...scenario.features, ...now] : without(scenario.features, now);
  const waits = [...pending.install, ...pending.remove].some((name) => names.includes(name));
  const exitCode = waits ? 'SuccessRestartRequired' : wanted.length === 0 ? 'NoChangeNeeded' : 'Success';
  return { scenario: { ...scenario, features, pending }, exitCode } as const;
}

function change(situation: Situation, isInstall: boolean): Outcome {
  const { machine, parameters, command } = situation;
  const wanted = parameters.texts('Name') ?? [];
  const known = serverFeatures
    .map(([name]) => name)
    .filter((name) => name !== 'NetworkATC' || machine.since('2022'));
  const names = wanted.map((text) => known.find((name) => name.toLowerCase() === text.toLowerCase()));
  const unknown = wanted.filter((_, index) => names[index] === undefined);
  if (unknown.length > 0) {
    const verb = isInstall ? 'Add' : 'Remove';
    return refused({
      message: `ArgumentNotValid: The role, role service, or feature name is not valid: '${unknown.join(', ')}'. The name was not found.`,
      id: `NameDoesNotExist,Microsoft.Windows.ServerManager.Commands.${verb}WindowsFeatureCommand`,
      category: 'InvalidArgument',
      terminating: false,
      exception: 'System.Exception',
      target: command,
    });
  }
  const { scenario, exitCode } = changeFeatures(
    machine,
    names.filter((name) => name !== undefined),
    isInstall,
  );
  return {
    scenario,
    output: () => [result(exitCode)],
    restarts: parameters.flag('Restart') && exitCode === 'SuccessRestartRequired',
    ...(exitCode === 'SuccessRestartRequired'
      ? {
          warnings: ['You must restart this server to finish the installation process.'],
        }
      : {}),
  };
}

/** The optional features that servers have under both names. */
const optionalNames: Readonly<Record<string, string>> = {
  multipathio: 'Multipath-IO',
  'microsoft-hyper-v': 'Hyper-V',
  datacenterbridging: 'Data-Center-Bridging',
};

function changeOptional({ machine, parameters }: Situation, isInstall: boolean): Outcome {
  const wanted = parameters.texts('FeatureName') ?? [];
  const names = wanted.map((text) => optionalNames[text.toLowerCase()]);
  const unknown = wanted.find(
    (_, index) => names[index] === undefined || (machine.isClient && names[index] === 'Multipath-IO'),
  );
  if (unknown !== undefined) {
    return refused({
      message: `Feature name ${unknown} is unknown.`,
      id: `Microsoft.Dism.Commands.${isInstall ? 'Enable' : 'Disable'}WindowsOptionalFeatureCommand`,
      category: 'NotSpecified',
      terminating: false,
      exception: 'System.Runtime.InteropServices.COMException',
      hresult: 0x800f080c | 0,
    });
  }
  const { scenario, exitCode } = changeFeatures(
    machine,
    names.filter((name) => name !== undefined),
    isInstall,
  );
  return {
    scenario,
    output: () => [
      object('Microsoft.Dism.Commands.ImageObject', {
        Path: '',
        Online: true,
        RestartNeeded: exitCode === 'SuccessRestartRequired',
      }),
    ],
  };
}

const dism = changing({ module: 'Dism' });
const dismPlaces =
  'LogLevel LogPath NoRestart Online PackageName Path ScratchDirectory SystemDrive WindowsDirectory';

export const featureChanges: Readonly<Record<string, ChangingCommand>> = {
  'Install-WindowsFeature': serverManager(
    `${should} ComputerName ConfigurationFilePath Credential IncludeAllSubFeature IncludeManagementTools LogPath Name Restart Source Vhd`,
    (situation) => change(situation, true),
  ),
  'Uninstall-WindowsFeature': serverManager(
    `${should} ComputerName Credential IncludeManagementTools LogPath Name Remove Restart Vhd`,
    (situation) => change(situation, false),
  ),
  'Enable-WindowsOptionalFeature': dism(`${dismPlaces} All FeatureName LimitAccess Source`, (situation) =>
    changeOptional(situation, true),
  ),
  'Disable-WindowsOptionalFeature': dism(`${dismPlaces} FeatureName Remove`, (situation) =>
    changeOptional(situation, false),
  ),
};
