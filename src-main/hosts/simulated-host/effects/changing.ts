/** What the effects of changing commands share. */
import { cimError, plain, type CimRow } from '../cim.ts';
import type { CmdletError } from '../cmdlet-value.ts';
import { filterRows, type ChangingCommand, type Outcome, type Situation } from '../command.ts';
import { classNamed } from '../classes.ts';
import type { Scenario, ScenarioSetting } from '../scenario.ts';

export const nothing: Outcome = {};

export function refused(...errors: readonly CmdletError[]): Outcome {
  return { errors };
}

/** On every cmdlet that is made of a CIM class. */
export const ofCim = 'AsJob CimSession ThrottleLimit';
export const should = 'Confirm WhatIf';

type Place = Omit<ChangingCommand, 'takes' | 'change' | 'asks'>;

/** Makes the changing commands of one module. */
export function changing(place: Place) {
  return (
    takes: string,
    change: ChangingCommand['change'],
    more: Partial<Omit<ChangingCommand, 'takes' | 'change'>> = {},
  ): ChangingCommand => ({ isProtected: true, ...place, takes, change, ...more });
}

/** The rows of a class that the bound ones of these parameters mean; without any of them, all rows. */
export function select(
  { machine, parameters, command }: Situation,
  className: string,
  filters: readonly string[],
): { readonly rows: readonly CimRow[]; readonly errors: readonly CmdletError[] } {
  const all = classNamed(className)
    .rows(machine)
    .filter((row) => row.isHidden !== true || parameters.flag('IncludeHidden'));
  const bound = filters.filter((name) => parameters.has(name));
  return filterRows(className, all, parameters, bound, command);
}

export function textOf(row: CimRow, property: string): string {
  return String(plain(row.raw[property] ?? row.shown?.[property]) ?? '');
}

export function numberOf(row: CimRow, property: string): number {
  return Number(plain(row.raw[property]));
}

/** Where a value is not what the parameter takes, as the parameter binder says it. */
export function cannotConvert(command: string, parameter: string, value: string, type: string): CmdletError {
  return {
    message: `Cannot process argument transformation on parameter '${parameter}'. Cannot convert value "${value}" to type "${type}".`,
    id: `ParameterArgumentTransformationError,${command}`,
    category: 'InvalidData',
    terminating: true,
    exception: 'System.Management.Automation.ParameterBindingException',
  };
}

/** The word among `words` that a parameter names, without case; undefined where it is not bound. */
export function wordOf<T extends string>(
  { parameters, command }: Pick<Situation, 'parameters' | 'command'>,
  name: string,
  words: readonly T[],
): { readonly value: T | undefined; readonly error?: CmdletError } {
  const given = parameters.text(name);
  if (given === undefined) return { value: undefined };
  const value = words.find((word) => word.toLowerCase() === given.toLowerCase());
  return value === undefined
    ? { value, error: cannotConvert(command, name, given, words.join(', ')) }
    : { value };
}

/** Changes what was set on an interface; a value of undefined takes the setting away. */
export function withSetting(
  scenario: Scenario,
  interfaceName: string,
  patch: { readonly [K in keyof Omit<ScenarioSetting, 'interface'>]: ScenarioSetting[K] | undefined },
): Scenario {
  const all = scenario.settings ?? [];
  const isMeant = (entry: ScenarioSetting) => entry.interface.toLowerCase() === interfaceName.toLowerCase();
  const former = all.find(isMeant);
  const merged = Object.fromEntries(
    Object.entries({ ...former, interface: interfaceName, ...patch }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as unknown as ScenarioSetting;
  const others = all.filter((entry) => !isMeant(entry));
  return { ...scenario, settings: Object.keys(merged).length === 1 ? others : [...others, merged] };
}

/** A Windows error by its number, as the CIM providers pass it on. */
export function systemError(number: number, message: string, command: string): CmdletError {
  return cimError(message, `Windows System Error ${number},${command}`, 'InvalidArgument', {
    hresult: 0x80070000 | number,
  });
}
