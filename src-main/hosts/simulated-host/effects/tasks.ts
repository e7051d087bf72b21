/** The cmdlets of the Task Scheduler that register, start and remove tasks. */
import { asCmdletObject, cimError } from '../cim.ts';
import { classNamed } from '../classes.ts';
import {
  output,
  refuse,
  type ChangingCommand,
  type Command,
  type Outcome,
  type Situation,
} from '../command.ts';
import type { Parameters } from '../parameters.ts';
import type { ScenarioTask } from '../scenario.ts';
import {
  actionObject,
  neverRan,
  principalObject,
  settingsObject,
  spanMs,
  spanText,
  taskInfo,
  triggerObject,
} from '../task-classes.ts';
import { keyOf } from '../task-runner.ts';
import { changing, ofCim, refused, select, should, textOf } from './changing.ts';

const tasksOf = changing({ module: 'ScheduledTasks' });

/** An object handed over: as it came through PowerShell, or as a command of this host gave it. */
interface Given {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

function given(value: unknown): Given | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const map = value as Record<string, unknown>;
  const types = map['$'] === 'object' ? map['types'] : map['$types'];
  const props = map['$'] === 'object' ? map['props'] : map;
  const type = Array.isArray(types) ? String(types[0] ?? '') : '';
  return { type, props: (props ?? {}) as Record<string, unknown> };
}

function textIn(props: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = props[name];
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

type Trigger = ScenarioTask['triggers'][number];

function onceAt(at: number, every: number | undefined, duration: number | undefined): Trigger {
  return {
    kind: 'once',
    at,
    ...(every === undefined ? {} : { everyMs: every }),
    ...(duration === undefined ? {} : { durationMs: duration }),
  };
}

function triggerOf(value: unknown): Trigger[] {
  const object = given(value);
  if (object === undefined) return [];
  if (object.type.endsWith('MSFT_TaskBootTrigger')) return [{ kind: 'startup' }];
  const at = Date.parse(textIn(object.props, 'StartBoundary') ?? '');
  if (Number.isNaN(at)) return [];
  const repetition = given(object.props['Repetition'])?.props ?? {};
  return [onceAt(at, spanMs(textIn(repetition, 'Interval')), spanMs(textIn(repetition, 'Duration')))];
}

function actionOf(value: unknown): ScenarioTask['actions'] {
  const props = given(value)?.props ?? {};
  const execute = textIn(props, 'Execute');
  const words = textIn(props, 'Arguments');
  const workingDirectory = textIn(props, 'WorkingDirectory');
  if (execute === undefined) return [];
  return [
    {
      execute,
      ...(words === undefined ? {} : { arguments: words }),
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
    },
  ];
}

/** With a backslash at both ends. */
function pathOf(parameters: Parameters): string {
  const inside = (parameters.text('TaskPath') ?? '').replace(/^\\+|\\+$/g, '');
  return inside === '' ? '\\' : `\\${inside}\\`;
}

function settingsOf(value: unknown): ScenarioTask['settings'] {
  const props = given(value)?.props ?? {};
  return Object.fromEntries(
    Object.entries(props).filter(
      (entry): entry is [string, string | number | boolean] =>
        !entry[0].startsWith('$') && ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
}

function register({ machine, parameters, command }: Situation): Outcome {
  const name = parameters.text('TaskName') ?? '';
  const path = pathOf(parameters);
  const known = machine.scenario.tasks ?? [];
  const key = keyOf({ path, name });
  const isThere = known.some((task) => keyOf(task) === key);
  if (isThere && !parameters.flag('Force')) {
    return refused(
      cimError(
        'Cannot create a file when that file already exists.',
        `HRESULT 0x800700b7,${command}`,
        'ResourceExists',
        { hresult: 0x800700b7 | 0, target: name },
      ),
    );
  }
  const actions = parameters.list('Action').flatMap(actionOf);
  if (actions.length === 0) {
    return refused(
      cimError('The parameter is incorrect.', `HRESULT 0x80070057,${command}`, 'InvalidArgument', {
        hresult: 0x80070057 | 0,
      }),
    );
  }
  const principal = given(parameters.list('Principal')[0])?.props ?? {};
  const description = parameters.text('Description');
  const settings = settingsOf(parameters.list('Settings')[0]);
  const task: ScenarioTask = {
    path,
    name,
    ...(description === undefined ? {} : { description }),
    isEnabled: settings['Enabled'] !== false,
    actions,
    triggers: parameters.list('Trigger').flatMap(triggerOf),
    principal: {
      userId: textIn(principal, 'UserId') ?? parameters.text('User') ?? 'Administrator',
      logonType: textIn(principal, 'LogonType') ?? 'Interactive',
      runLevel: textIn(principal, 'RunLevel') ?? parameters.text('RunLevel') ?? 'Limited',
    },
    settings,
    lastResult: neverRan,
  };
  return {
    scenario: {
      ...machine.scenario,
      tasks: [...known.filter((entry) => keyOf(entry) !== key), task],
    },
    output: (after) => {
      const cls = classNamed('MSFT_ScheduledTask');
      return cls
        .rows(after)
        .filter((row) => textOf(row, 'URI').toLowerCase() === key)
        .map((row) => asCmdletObject(cls.namespace, cls.name, row));
    },
  };
}

/** The keys of the tasks that a call means; without a name, all in the path, and without that, all. */
function keysMeant(situation: Situation) {
  const { rows, errors } = select(situation, 'MSFT_ScheduledTask', ['TaskName', 'TaskPath']);
  const names = situation.parameters.propertyOf('InputObject', 'TaskName');
  const meant = rows.filter((row) => names === undefined || names.includes(textOf(row, 'TaskName')));
  return { keys: meant.map((row) => textOf(row, 'URI').toLowerCase()), errors };
}

function unregister(situation: Situation): Outcome {
  const { machine } = situation;
  const { keys, errors } = keysMeant(situation);
  const tasks = (machine.scenario.tasks ?? []).filter((task) => !keys.includes(keyOf(task)));
  return { scenario: { ...machine.scenario, tasks }, errors };
}

function setEnabled(situation: Situation, isEnabled: boolean): Outcome {
  const { machine } = situation;
  const { keys, errors } = keysMeant(situation);
  const tasks = (machine.scenario.tasks ?? []).map((task) =>
    keys.includes(keyOf(task)) ? { ...task, isEnabled } : task,
  );
  return { scenario: { ...machine.scenario, tasks }, errors };
}

const named = `${ofCim} InputObject TaskName TaskPath`;

export const taskChanges: Readonly<Record<string, ChangingCommand>> = {
  'Register-ScheduledTask': tasksOf(
    `${named} Action Description Force Password Principal RunLevel Settings Trigger User`,
    register,
  ),
  'Unregister-ScheduledTask': tasksOf(`${named} ${should} PassThru`, unregister, { asks: true }),
  'Start-ScheduledTask': tasksOf(named, (situation) => {
    const { keys, errors } = keysMeant(situation);
    return { startsTasks: keys, errors };
  }),
  'Stop-ScheduledTask': tasksOf(named, (situation) => {
    const { keys, errors } = keysMeant(situation);
    return { stopsTasks: keys, errors };
  }),
  'Enable-ScheduledTask': tasksOf(named, (situation) => setEnabled(situation, true)),
  'Disable-ScheduledTask': tasksOf(named, (situation) => setEnabled(situation, false)),
  'Get-ScheduledTaskInfo': tasksOf(
    named,
    (situation) => {
      const { keys, errors } = keysMeant(situation);
      const { scenario } = situation.machine;
      const tasks = (scenario.tasks ?? []).filter((task) => keys.includes(keyOf(task)));
      return { output: () => tasks.map((task) => taskInfo(task, situation.now)), errors };
    },
    { isProtected: false },
  ),
};

/** These only make what Register-ScheduledTask is given. */
const making = { module: 'ScheduledTasks' } as const;

const instancePolicies = { Parallel: 0, Queue: 1, IgnoreNew: 2 } as const;

export const taskCommands: Readonly<Record<string, Command>> = {
  'New-ScheduledTaskAction': {
    ...making,
    answer: (_, parameters) => {
      const words = parameters.text('Argument');
      const workingDirectory = parameters.text('WorkingDirectory');
      return output(
        actionObject({
          execute: parameters.text('Execute') ?? '',
          ...(words === undefined ? {} : { arguments: words }),
          ...(workingDirectory === undefined ? {} : { workingDirectory }),
        }),
      );
    },
  },
  'New-ScheduledTaskTrigger': {
    ...making,
    answer: (_, parameters, __, command) => {
      if (parameters.flag('AtStartup')) return output(triggerObject({ kind: 'startup' }));
      const at = Date.parse(parameters.text('At') ?? '');
      if (!parameters.flag('Once') || Number.isNaN(at)) {
        return refuse(
          cimError('The parameter is incorrect.', `HRESULT 0x80070057,${command}`, 'InvalidArgument'),
        );
      }
      const every = spanMs(parameters.text('RepetitionInterval'));
      const duration = spanMs(parameters.text('RepetitionDuration'));
      return output(triggerObject(onceAt(at, every, duration)));
    },
  },
  'New-ScheduledTaskPrincipal': {
    ...making,
    answer: (_, parameters) =>
      output(
        principalObject({
          userId: parameters.text('UserId') ?? '',
          logonType: parameters.text('LogonType') ?? 'Interactive',
          runLevel: parameters.text('RunLevel') ?? 'Limited',
        }),
      ),
  },
  'New-ScheduledTaskSettingsSet': {
    ...making,
    answer: (_, parameters) => {
      const policy = parameters.text('MultipleInstances') ?? 'IgnoreNew';
      return output(
        settingsObject({
          Enabled: !parameters.flag('Disable'),
          AllowDemandStart: !parameters.flag('DisallowDemandStart'),
          AllowHardTerminate: !parameters.flag('DisallowHardTerminate'),
          DisallowStartIfOnBatteries: !parameters.flag('AllowStartIfOnBatteries'),
          StopIfGoingOnBatteries: !parameters.flag('DontStopIfGoingOnBatteries'),
          StartWhenAvailable: parameters.flag('StartWhenAvailable'),
          Hidden: parameters.flag('Hidden'),
          WakeToRun: parameters.flag('WakeToRun'),
          RunOnlyIfNetworkAvailable: parameters.flag('RunOnlyIfNetworkAvailable'),
          ExecutionTimeLimit: spanText(spanMs(parameters.text('ExecutionTimeLimit')) ?? 72 * 3_600_000),
          MultipleInstances:
            Object.entries(instancePolicies).find(
              ([name]) => name.toLowerCase() === policy.toLowerCase(),
            )?.[1] ?? instancePolicies.IgnoreNew,
          Priority: 7,
        }),
      );
    },
  },
};
