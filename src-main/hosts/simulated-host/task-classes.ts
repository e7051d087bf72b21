/** The scheduled tasks of a host, as the cmdlets of the Task Scheduler show them. */
import { embedded, enumOf, shownEnum, u32, u8, type CimClass, type CimRow } from './cim.ts';
import type { CmdletObject, CmdletValue } from './cmdlet-value.ts';
import type { Machine } from './machine.ts';
import type { ScenarioTask } from './scenario.ts';

const taskNamespace = 'Root/Microsoft/Windows/TaskScheduler';

type Trigger = ScenarioTask['triggers'][number];

/** What a task has to say for its latest run before the first one, and while one lasts. */
export const neverRan = 267_011;
export const isRunningNow = 267_009;

/** `PT15M`: how the Task Scheduler writes a time span. */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
  return text === '' ? 'PT0S' : `PT${text}`;
}

/** `00:15:00`, `1.00:00:00` and `PT15M` in milliseconds. */
export function spanMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const clock = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)(?:\.\d+)?$/.exec(text);
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const parts = (clock ?? iso)?.slice(1).map((part: string | undefined) => Number(part ?? 0));
  if (parts === undefined) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

export function triggerObject(trigger: Trigger): CmdletObject {
  const common = { Enabled: true, EndBoundary: null, ExecutionTimeLimit: null, Id: null };
  if (trigger.kind === 'startup') {
    return taskObject('MSFT_TaskBootTrigger', { ...common, StartBoundary: null, Delay: null });
  }
  return taskObject('MSFT_TaskTimeTrigger', {
    ...common,
    StartBoundary: new Date(trigger.at).toISOString(),
    RandomDelay: null,
    Repetition: embedded('MSFT_TaskRepetitionPattern', {
      Interval: trigger.everyMs === undefined ? null : spanText(trigger.everyMs),
      Duration: trigger.durationMs === undefined ? null : spanText(trigger.durationMs),
      StopAtDurationEnd: false,
    }),
  });
}

/** An instance of a class of the Task Scheduler that is not stored anywhere. */
function taskObject(className: string, props: Readonly<Record<string, CmdletValue>>): CmdletObject {
  const cimInstance = 'Microsoft.Management.Infrastructure.CimInstance';
  return {
    $: 'object',
    types: [`${cimInstance}#${taskNamespace}/${className}`, `${cimInstance}#${className}`, cimInstance],
    props,
    text: className,
  };
}

export function actionObject(action: ScenarioTask['actions'][number]): CmdletObject {
  return taskObject('MSFT_TaskExecAction', {
    Id: null,
    Arguments: action.arguments ?? null,
    Execute: action.execute,
    WorkingDirectory: action.workingDirectory ?? null,
  });
}

export function settingsObject(settings: ScenarioTask['settings']): CmdletObject {
  return taskObject('MSFT_TaskSettings3', { ...settings });
}

export function principalObject({ userId, logonType, runLevel }: ScenarioTask['principal']): CmdletObject {
  const type = 'Microsoft.PowerShell.Cmdletization.GeneratedTypes.ScheduledTask';
  return taskObject('MSFT_TaskPrincipal2', {
    DisplayName: null,
    GroupId: null,
    Id: 'Author',
    UserId: userId,
    LogonType: enumOf(`${type}.LogonTypeEnum`, logonType, 5),
    RunLevel: enumOf(`${type}.RunLevelEnum`, runLevel, runLevel === 'Highest' ? 1 : 0),
  });
}

const stateNames = { 1: 'Disabled', 3: 'Ready', 4: 'Running' };

function taskRows(machine: Machine): CimRow[] {
  return (machine.scenario.tasks ?? []).map((task) => {
    const state = !task.isEnabled ? 1 : task.isRunning === true ? 4 : 3;
    return {
      raw: {
        TaskName: task.name,
        TaskPath: task.path,
        URI: `${task.path}${task.name}`,
        Description: task.description ?? null,
        Author: null,
        Actions: task.actions.map(actionObject),
        Triggers: task.triggers.map(triggerObject),
        Principal: principalObject(task.principal),
        Settings: settingsObject(task.settings),
        State: u8(state),
      },
      shown: { State: shownEnum('ScheduledTask.StateEnum', stateNames, state) },
    };
  });
}

/** When a trigger is due next after a time; undefined where it never is. */
export function dueAfter(trigger: Trigger, after: number): number | undefined {
  if (trigger.kind === 'startup') return undefined;
  if (trigger.at > after) return trigger.at;
  if (trigger.everyMs === undefined || trigger.everyMs <= 0) return undefined;
  const next = trigger.at + (Math.floor((after - trigger.at) / trigger.everyMs) + 1) * trigger.everyMs;
  return trigger.durationMs === undefined || next <= trigger.at + trigger.durationMs ? next : undefined;
}

function moment(time: number | undefined): CmdletValue {
  return time === undefined ? null : { $: 'datetime', v: new Date(time).toISOString() };
}

/** What Get-ScheduledTaskInfo says of a task. */
export function taskInfo(task: ScenarioTask, now: number): CmdletObject {
  const due = task.triggers
    .map((trigger) => dueAfter(trigger, now))
    .filter((time) => time !== undefined)
    .sort((a, b) => a - b);
  return taskObject('MSFT_TaskDynamicInfo', {
    TaskName: task.name,
    TaskPath: task.path,
    LastRunTime: moment(task.lastRun),
    LastTaskResult: u32(task.lastResult),
    NextRunTime: task.isEnabled ? moment(due[0]) : null,
    NumberOfMissedRuns: u32(0),
  });
}

export const taskClasses: readonly CimClass[] = [
  { namespace: taskNamespace, name: 'MSFT_ScheduledTask', rows: taskRows },
];
