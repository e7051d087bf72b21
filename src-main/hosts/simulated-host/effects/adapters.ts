/** The changing cmdlets of the NetAdapter module. */
import { isBound } from '../adapter-classes.ts';
import type { CmdletError } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import type { SimInterface } from '../network-layout.ts';
import type { Scenario, ScenarioAdapter } from '../scenario.ts';
import {
  cannotConvert,
  changing,
  ofCim,
  refused,
  select,
  should,
  systemError,
  textOf,
  withSetting,
  wordOf,
} from './changing.ts';
import { withName, withShownNames } from './interfaces.ts';

const netAdapter = changing({ module: 'NetAdapter' });

/** How long the link of an adapter is away when it restarts, in milliseconds. */
const restartMs = 700;

const byAdapter = ['Name', 'InterfaceDescription'];

interface Meant {
  readonly adapters: readonly SimInterface[];
  readonly errors: readonly CmdletError[];
}

/** The adapters with a row of the class that a call means; where it names none, all of them. */
function adaptersMeant(situation: Situation, className = 'MSFT_NetAdapter'): Meant {
  const { rows, errors } = select(situation, className, byAdapter);
  const objects = situation.parameters.propertyOf('InputObject', 'Name');
  const names = new Set(rows.map((row) => textOf(row, 'Name')));
  return {
    adapters: situation.machine.network.interfaces.filter(
      ({ name }) => names.has(name) && (objects === undefined || objects.includes(name)),
    ),
    errors,
  };
}

/** The scenario in which these adapters restart, unless the call says that they shall not. */
function restarting({ parameters, now }: Situation, scenario: Scenario, adapters: readonly SimInterface[]) {
  if (parameters.flag('NoRestart')) return scenario;
  return adapters
    .filter((adapter) => adapter.status === 'Up')
    .reduce(
      (before, adapter) => withSetting(before, adapter.name, { restartsUntil: now + restartMs }),
      scenario,
    );
}

function withAdapter(
  scenario: Scenario,
  name: string,
  change: (adapter: ScenarioAdapter) => ScenarioAdapter,
): Scenario {
  return {
    ...scenario,
    adapters: scenario.adapters.map((adapter) => (adapter.name === name ? change(adapter) : adapter)),
  };
}

function setBinding(situation: Situation, isOn: boolean): Outcome {
  const { machine } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetAdapterBindingSettingData', [
    ...byAdapter,
    'ComponentID',
    'DisplayName',
  ]);
  let { scenario } = machine;
  for (const row of rows) {
    const adapter = machine.network.interfaceNamed(textOf(row, 'Name'));
    if (adapter === undefined) continue;
    const component = textOf(row, 'ComponentID');
    const former = scenario.settings?.find((entry) => entry.interface === adapter.name)?.bindings ?? {};
    const { [component]: _, ...others } = former;
    const isUsual = isBound({ ...adapter, bindings: {} }, component) === isOn;
    const bindings = isUsual ? others : { ...others, [component]: isOn };
    scenario = withSetting(scenario, adapter.name, {
      bindings: Object.keys(bindings).length === 0 ? undefined : bindings,
    });
  }
  return { scenario, errors };
}

function setRss(situation: Situation, isOn: boolean): Outcome {
  const { adapters, errors } = adaptersMeant(situation, 'MSFT_NetAdapterRssSettingData');
  const scenario = adapters.reduce(
    (before, adapter) => withSetting(before, adapter.name, { rss: isOn }),
    situation.machine.scenario,
  );
  return { scenario: restarting(situation, scenario, adapters), errors };
}

/** Frames have a head of 14 bytes. */
const headBytes = 14;

function withMtu(scenario: Scenario, adapter: SimInterface, mtu: number): Scenario {
  const vnics = (scenario.vnics ?? []).map((vnic) =>
    (vnic.adapterName ?? `vEthernet (${vnic.name})`) === adapter.name ? { ...vnic, mtu } : vnic,
  );
  return withAdapter({ ...scenario, vnics }, adapter.name, (entry) => ({ ...entry, mtu }));
}

function withVlan(scenario: Scenario, name: string, vlanId: number): Scenario {
  return withAdapter(scenario, name, ({ vlanId: _, ...entry }) =>
    vlanId === 0 ? entry : { ...entry, vlanId },
  );
}

function setAdvanced(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetAdapterAdvancedPropertySettingData', [
    ...byAdapter,
    'RegistryKeyword',
    'DisplayName',
  ]);
  let { scenario } = machine;
  const touched: SimInterface[] = [];
  for (const row of rows) {
    const adapter = machine.network.interfaceNamed(textOf(row, 'Name'));
    if (adapter === undefined) continue;
    const keyword = textOf(row, 'RegistryKeyword');
    const valid = textsOf(row.raw['ValidRegistryValues']);
    const shown = textsOf(row.raw['ValidDisplayValues']);
    const wanted = parameters.text('DisplayValue');
    const place = shown.findIndex((text) => text.toLowerCase() === wanted?.toLowerCase());
    const value = parameters.text('RegistryValue') ?? valid[place];
    if (value === undefined || (valid.length > 0 && !valid.includes(value))) {
      return refused(
        systemError(87, `The value ${value ?? wanted ?? ''} is not one of ${valid.join(', ')}.`, command),
      );
    }
    if (keyword === '*JumboPacket') scenario = withMtu(scenario, adapter, Number(value) - headBytes);
    else if (keyword === '*RSS') scenario = withSetting(scenario, adapter.name, { rss: value === '1' });
    else if (keyword === 'VlanID') scenario = withVlan(scenario, adapter.name, Number(value));
    else {
      const former = scenario.settings?.find((entry) => entry.interface === adapter.name)?.advanced;
      scenario = withSetting(scenario, adapter.name, { advanced: { ...former, [keyword]: value } });
    }
    touched.push(adapter);
  }
  return { scenario: restarting(situation, scenario, touched), errors };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function setAdapter(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { adapters, errors } = adaptersMeant(situation);
  const text = parameters.text('VlanID');
  if (text === undefined) return { errors };
  const vlanId = Number(text);
  if (!/^\d+$/.test(text) || vlanId > 4094) {
    return refused(cannotConvert(command, 'VlanID', text, 'System.UInt16'));
  }
  const unfit = adapters.filter((adapter) => adapter.kind !== 'physical');
  const fit = adapters.filter((adapter) => adapter.kind === 'physical');
  const scenario = fit.reduce((before, { name }) => withVlan(before, name, vlanId), machine.scenario);
  return {
    scenario: restarting(situation, scenario, fit),
    errors: [...errors, ...unfit.map(() => systemError(50, 'The request is not supported.', command))],
  };
}

function setStatus(situation: Situation, status: 'Disabled' | undefined): Outcome {
  const { adapters, errors } = adaptersMeant(situation);
  const scenario = adapters.reduce(
    (before, { name }) =>
      withAdapter(before, name, ({ status: former, ...entry }) => {
        if (status === undefined)
          return former === 'Disabled'
            ? entry
            : { ...entry, ...(former === undefined ? {} : { status: former }) };
        return former === 'Not Present' ? { ...entry, status: former } : { ...entry, status };
      }),
    situation.machine.scenario,
  );
  return { scenario, errors };
}

function rename(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { adapters, errors } = adaptersMeant(situation);
  const [adapter, ...others] = adapters;
  const to = parameters.text('NewName') ?? '';
  if (adapter === undefined) return { errors };
  if (others.length > 0 || to === '' || machine.network.interfaceNamed(to) !== undefined) {
    return refused(systemError(183, 'Cannot create a file when that file already exists.', command));
  }
  return {
    scenario: withName(withShownNames(machine), adapter.name, to),
    renamed: [[adapter.name, to]],
    errors,
  };
}

const powerFeatures = [
  'ArpOffload',
  'D0PacketCoalescing',
  'DeviceSleepOnDisconnect',
  'NSOffload',
  'RsnRekeyOffload',
  'SelectiveSuspend',
  'WakeOnMagicPacket',
  'WakeOnPattern',
];

/** `wishes` are the features to set; those that are on are the usual ones and need no record. */
function setPower(situation: Situation, wishes: Readonly<Record<string, boolean>>): Outcome {
  const { adapters, errors } = adaptersMeant(situation, 'MSFT_NetAdapterPowerManagementSettingData');
  const scenario = adapters.reduce((before, { name }) => {
    const former = situation.machine.settingOf(name)?.powerManagement;
    const merged = Object.entries({ ...former, ...wishes }).filter(([, isOn]) => !isOn);
    return withSetting(before, name, {
      powerManagement: merged.length === 0 ? undefined : Object.fromEntries(merged),
    });
  }, situation.machine.scenario);
  return { scenario: restarting(situation, scenario, adapters), errors };
}

/** No feature named means all of them. */
function switchPower(situation: Situation, isOn: boolean): Outcome {
  const named = powerFeatures.filter((feature) => situation.parameters.flag(feature));
  const features = named.length === 0 ? powerFeatures : named;
  return setPower(situation, Object.fromEntries(features.map((feature) => [feature, isOn])));
}

function setPowerFeatures(situation: Situation): Outcome {
  const wishes: Record<string, boolean> = {};
  for (const feature of powerFeatures) {
    const word = wordOf(situation, feature, ['Enabled', 'Disabled', 'Unsupported', 'Inactive']);
    if (word.error !== undefined) return refused(word.error);
    if (word.value === 'Enabled' || word.value === 'Disabled') wishes[feature] = word.value === 'Enabled';
  }
  return setPower(situation, wishes);
}

const named = `${ofCim} ${should} IncludeHidden InputObject InterfaceDescription Name PassThru`;
const power = powerFeatures.join(' ');

export const adapterChanges: Readonly<Record<string, ChangingCommand>> = {
  'Enable-NetAdapterBinding': netAdapter(`${named} AllBindings ComponentID DisplayName`, (situation) =>
    setBinding(situation, true),
  ),
  'Disable-NetAdapterBinding': netAdapter(`${named} AllBindings ComponentID DisplayName`, (situation) =>
    setBinding(situation, false),
  ),
  'Enable-NetAdapterRss': netAdapter(`${named} NoRestart`, (situation) => setRss(situation, true)),
  'Disable-NetAdapterRss': netAdapter(`${named} NoRestart`, (situation) => setRss(situation, false)),
  'Set-NetAdapterAdvancedProperty': netAdapter(
    `${named} AllProperties DisplayName DisplayValue NoRestart RegistryKeyword RegistryValue`,
    setAdvanced,
  ),
  'Set-NetAdapter': netAdapter(`${named} NoRestart VlanID`, setAdapter),
  'Rename-NetAdapter': netAdapter(`${named} NewName`, rename),
  'Restart-NetAdapter': netAdapter(named, (situation) => {
    const { adapters, errors } = adaptersMeant(situation);
    return { scenario: restarting(situation, situation.machine.scenario, adapters), errors };
  }),
  'Enable-NetAdapter': netAdapter(named, (situation) => setStatus(situation, undefined)),
  'Disable-NetAdapter': netAdapter(named, (situation) => setStatus(situation, 'Disabled'), { asks: true }),
  'Enable-NetAdapterPowerManagement': netAdapter(`${named} ${power} NoRestart`, (situation) =>
    switchPower(situation, true),
  ),
  'Disable-NetAdapterPowerManagement': netAdapter(`${named} ${power} NoRestart`, (situation) =>
    switchPower(situation, false),
  ),
  'Set-NetAdapterPowerManagement': netAdapter(`${named} ${power} NoRestart`, setPowerFeatures),
};
