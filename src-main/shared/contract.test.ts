import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { bridgeOver, type ContractEvent, type MainHandlers, type WindowBridge } from './contract.ts';
import type { HostState, LookState } from './host-state.ts';
import type { Result } from './result.ts';

describe('the contract', () => {
  it('gives the window a typed function for each call and each event', () => {
    expectTypeOf<WindowBridge['host']['state']>().returns.toEqualTypeOf<Promise<Result<HostState>>>();
    expectTypeOf<Parameters<WindowBridge['host']['onProgress']>[0]>().toEqualTypeOf<
      (payload: LookState) => void
    >();
    expectTypeOf<keyof MainHandlers['host']>().toEqualTypeOf<
      'state' | 'lookAgain' | 'cancel' | 'observation' | 'observations' | 'records'
    >();
    expectTypeOf<ContractEvent['event']>().toEqualTypeOf<
      'host.progress' | 'host.changed' | 'live.tick' | 'live.changed' | 'load.progress' | 'changes.progress'
    >();
    expectTypeOf<Parameters<MainHandlers['findings']['page']>[0]>().toEqualTypeOf<{
      readonly rule: string;
    }>();
  });

  it('reaches main by full names, and hands back what listening gave', async () => {
    const undo = vi.fn();
    const call = vi.fn(() => Promise.resolve({ ok: true as const, value: 7 }));
    const listen = vi.fn(() => undo);
    const bridge = bridgeOver({ call, listen });

    await bridge.host.cancel({ lookId: 'look-1' });
    expect(call).toHaveBeenCalledWith('host.cancel', { lookId: 'look-1' });

    const listener = vi.fn();
    bridge.host.onChanged(listener)();
    expect(listen).toHaveBeenCalledWith('host.changed', listener);
    expect(undo).toHaveBeenCalledOnce();
  });

  it('offers the window nothing but calls and events', () => {
    const bridge = bridgeOver({
      call: () => Promise.resolve({ ok: true, value: null }),
      listen: () => () => undefined,
    });
    expect(
      Object.fromEntries(Object.entries(bridge).map(([group, members]) => [group, Object.keys(members)])),
    ).toEqual({
      host: [
        'state',
        'lookAgain',
        'cancel',
        'observation',
        'observations',
        'records',
        'onProgress',
        'onChanged',
      ],
      samples: ['series'],
      live: ['state', 'start', 'stop', 'replay', 'verdicts', 'onTick', 'onChanged'],
      load: ['state', 'files', 'plan', 'script', 'start', 'stop', 'onProgress'],
      compare: ['begin', 'piece', 'finish'],
      findings: ['page'],
      paths: ['whatIf'],
      changes: [
        'plan',
        'script',
        'apply',
        'state',
        'cancel',
        'stillThere',
        'history',
        'rollback',
        'resume',
        'restart',
        'dismiss',
        'onProgress',
      ],
      settings: ['state', 'change', 'pinBaseline', 'sinceBaseline'],
      report: ['make'],
      app: ['about', 'licences'],
    });
  });
});
