import { describe, expect, it, vi } from 'vitest';
import { bridgeOver, type WindowBridge } from '#shared/contract.ts';
import type { Check } from '#shared/finding.ts';
import type { HostState, LookState } from '#shared/host-state.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { HostStore } from './host.svelte.ts';

const state = (revision: number, more: Partial<HostState> = {}): HostState => ({
  revision,
  origin: { source: 'demo', label: 'demo host x' },
  ...more,
});
const look = (lookId: string, done: number): LookState => ({
  lookId,
  done,
  total: 9,
  asking: [],
  answered: { ok: done, unavailable: 0, failed: 0 },
});

/** A bridge whose answers the test gives. */
function bridgeInHand() {
  const listeners = new Map<string, (payload: unknown) => void>();
  const call = vi.fn<(name: string, request: unknown) => Promise<Result<unknown>>>();
  const bridge: WindowBridge = bridgeOver({
    call,
    listen: (event, listener) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  });
  return {
    bridge,
    call,
    listeners,
    tell: (event: string, payload: unknown) => listeners.get(event)?.(payload),
  };
}

describe('the host in the window', () => {
  it('is asked for once, and again when it moved on', async () => {
    const { bridge, call, tell } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValueOnce(succeed(state(1)));
    await host.follow();
    expect(host.current?.revision).toBe(1);
    call.mockResolvedValueOnce(succeed(state(2)));
    tell('host.changed', { revision: 2 });
    await vi.waitFor(() => expect(host.current?.revision).toBe(2));
  });

  it('does not go back when answers overtake each other', async () => {
    const { bridge, call, tell } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValueOnce(succeed(state(5)));
    await host.follow();
    call.mockResolvedValueOnce(succeed(state(4)));
    tell('host.changed', { revision: 4 });
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(2));
    expect(host.current?.revision).toBe(5);
  });

  it('keeps the check of one look, however often the state is asked for, and takes that of the next', async () => {
    const { bridge, call, tell } = bridgeInHand();
    const host = new HostStore(bridge);
    const checkOf = (name: string): Check => ({ host: { name, elevated: true } }) as Check;
    call.mockResolvedValueOnce(succeed(state(1, { check: checkOf('A'), checkLookId: 'a' })));
    await host.follow();
    const first = host.current?.check;
    call.mockResolvedValueOnce(
      succeed(state(2, { check: checkOf('A'), checkLookId: 'a', look: look('b', 0) })),
    );
    tell('host.changed', { revision: 2 });
    await vi.waitFor(() => expect(host.current?.revision).toBe(2));
    expect(host.current?.check).toBe(first);
    call.mockResolvedValueOnce(succeed(state(3, { check: checkOf('B'), checkLookId: 'b' })));
    tell('host.changed', { revision: 3 });
    await vi.waitFor(() => expect(host.current?.check?.host.name).toBe('B'));
  });

  it('shows the newest progress of the look under way, and of no other', async () => {
    const { bridge, call, tell } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValueOnce(succeed(state(1, { look: look('b', 0) })));
    await host.follow();
    tell('host.progress', look('a', 8));
    expect(host.look?.done).toBe(0);
    tell('host.progress', look('b', 3));
    expect(host.look?.done).toBe(3);
  });

  it('is looking from the wish on, even where the look is over before main is asked', async () => {
    const { bridge, call } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValueOnce(succeed(state(1)));
    await host.follow();
    expect(host.isLooking).toBe(false);
    call.mockResolvedValueOnce(succeed({ lookId: 'a' })).mockResolvedValueOnce(succeed(state(3)));
    const looked = host.lookAgain();
    expect(host.isLooking).toBe(true);
    await looked;
    expect(host.isLooking).toBe(false);
    expect(host.current?.revision).toBe(3);
  });

  it('stops the look under way by its id', async () => {
    const { bridge, call } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValue(succeed(state(1, { look: look('b', 0) })));
    await host.follow();
    await host.cancel();
    expect(call).toHaveBeenLastCalledWith('host.cancel', { lookId: 'b' });
  });

  it('says what stands in the way, the lost host before the failed look', async () => {
    const { bridge, call } = bridgeInHand();
    const host = new HostStore(bridge);
    call.mockResolvedValueOnce(
      succeed(state(1, { failure: { kind: 'start-failed', message: 'PowerShell did not start.' } })),
    );
    await host.follow();
    expect(host.failure?.kind).toBe('start-failed');
    call.mockResolvedValueOnce(fail('bad-request', 'No.'));
    await host.lookAgain();
    expect(host.failure?.kind).toBe('bad-request');
    host.lose({ kind: 'exited', message: 'Gone.' });
    expect(host.failure?.kind).toBe('exited');
    expect(host.isLost).toBe(true);
    // What was known stays.
    expect(host.current?.revision).toBe(1);
  });

  it('stops listening when it is told to', async () => {
    const { bridge, call, listeners } = bridgeInHand();
    call.mockResolvedValue(succeed(state(1)));
    const undo = await new HostStore(bridge).follow();
    expect([...listeners.keys()].sort()).toEqual(['host.changed', 'host.progress']);
    undo();
    expect(listeners.size).toBe(0);
  });
});
