import { describe, expect, test, vi } from 'vitest';
import { scenarioWith } from '../../../testing/host-with.ts';
import { plain } from '../cim.ts';
import type { CmdletCall } from '../cmdlet-value.ts';
import { HostClock } from '../clock.ts';
import { createSimulatedHost, type SimulatedHost } from '../simulated-host.ts';
import type { Launch } from '../task-runner.ts';

const start = Date.parse('2026-03-01T12:00:00Z');

function call(host: SimulatedHost, name: string, parameters: CmdletCall['parameters'] = {}) {
  return host.call({ name, parameters });
}

/** A task as a guard registers it: once in a while after the deadline, and at each start of Windows. */
function registered(launch: Launch) {
  const clock = new HostClock();
  clock.set(start);
  const host = createSimulatedHost(scenarioWith(), { now: clock.now, launch });
  const made = (name: string, parameters: CmdletCall['parameters']) => call(host, name, parameters).output;
  const task = {
    TaskPath: '\\Guards',
    TaskName: 'one',
    Description: 'takes it back',
    Action: made('New-ScheduledTaskAction', { Execute: 'powershell.exe', Argument: '-File x.ps1' }),
    Trigger: [
      ...made('New-ScheduledTaskTrigger', {
        Once: true,
        At: new Date(start + 120_000).toISOString(),
        RepetitionInterval: '00:01:00',
        RepetitionDuration: '00:15:00',
      }),
      ...made('New-ScheduledTaskTrigger', { AtStartup: true }),
    ],
    Principal: made('New-ScheduledTaskPrincipal', { UserId: 'SYSTEM', RunLevel: 'Highest' }),
    Settings: made('New-ScheduledTaskSettingsSet', { ExecutionTimeLimit: '00:10:00' }),
  };
  expect(call(host, 'Register-ScheduledTask', task).errors).toEqual([]);
  const propertyOf = (command: string, property: string) => {
    const [value] = call(host, command, { TaskName: 'one' }).output;
    return typeof value === 'object' && value !== null && 'props' in value
      ? plain(value.props[property])
      : undefined;
  };
  const later = (seconds: number) => {
    clock.set(start + seconds * 1000);
    host.settle();
  };
  return { host, task, later, propertyOf };
}

describe('the Task Scheduler', () => {
  test('starts a task when it is due, again after its interval, and no longer than it lasts', async () => {
    const launch = vi.fn<Launch>(() => Promise.resolve(0));
    const { later, propertyOf } = registered(launch);
    expect(propertyOf('Get-ScheduledTaskInfo', 'LastTaskResult')).toBe('267011');
    later(119);
    expect(launch).not.toHaveBeenCalled();
    later(120);
    expect(launch).toHaveBeenCalledExactlyOnceWith(
      { execute: 'powershell.exe', arguments: '-File x.ps1' },
      expect.any(AbortSignal),
    );
    await vi.waitFor(() => expect(propertyOf('Get-ScheduledTaskInfo', 'LastTaskResult')).toBe('0'));
    later(180);
    expect(launch).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(propertyOf('Get-ScheduledTask', 'State')).toBe('Ready'));
    later(120 + 15 * 60);
    await vi.waitFor(() => expect(propertyOf('Get-ScheduledTask', 'State')).toBe('Ready'));
    later(10_000);
    expect(launch).toHaveBeenCalledTimes(3);
  });

  test('does not start a second one beside the first, and ends what takes too long', async () => {
    const signals: AbortSignal[] = [];
    const { later, propertyOf } = registered((_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(1)));
    });
    later(120);
    expect(propertyOf('Get-ScheduledTask', 'State')).toBe('Running');
    later(185);
    expect(signals).toHaveLength(1);
    later(120 + 601);
    await vi.waitFor(() => expect(propertyOf('Get-ScheduledTaskInfo', 'LastTaskResult')).toBe('267014'));
  });

  test('runs what is registered for a start of Windows, and forgets what was running', () => {
    const launch = vi.fn<Launch>(() => new Promise(() => undefined));
    const { host } = registered(launch);
    host.restart();
    expect(launch).toHaveBeenCalledTimes(1);
    host.restart();
    expect(launch).toHaveBeenCalledTimes(2);
    expect(launch.mock.calls[0]?.[1].aborted).toBe(true);
  });

  test('by hand: start, stop, disable, remove', async () => {
    const launch = vi.fn<Launch>(() => Promise.resolve(3));
    const { host, task, later, propertyOf } = registered(launch);
    call(host, 'Start-ScheduledTask', { TaskPath: '\\Guards\\', TaskName: 'one' });
    expect(launch).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(propertyOf('Get-ScheduledTaskInfo', 'LastTaskResult')).toBe('3'));
    call(host, 'Disable-ScheduledTask', { TaskName: 'one' });
    later(120);
    expect(launch).toHaveBeenCalledTimes(1);
    expect(call(host, 'Register-ScheduledTask', task).errors[0]?.id).toContain('0x800700b7');
    expect(call(host, 'Register-ScheduledTask', { ...task, Force: true }).errors).toEqual([]);
    expect(call(host, 'Unregister-ScheduledTask', { TaskName: 'one' }).errors[0]?.id).toContain(
      'InvalidOperation',
    );
    expect(call(host, 'Unregister-ScheduledTask', { TaskName: 'one', Confirm: false }).errors).toEqual([]);
    expect(call(host, 'Get-ScheduledTask', { TaskName: 'one' }).errors[0]?.id).toContain('NotFound_TaskName');
  });
});
