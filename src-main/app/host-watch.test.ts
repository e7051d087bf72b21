import { describe, expect, it, vi } from 'vitest';
import { captureFormat, captureVersion, type Capture } from '#shared/capture.ts';
import type { ContractEvent } from '#shared/contract.ts';
import type { Check } from '#shared/finding.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import type { Host, LookOptions } from '../hosts/host.ts';
import { watchHost } from './host-watch.ts';

const capture: Capture = {
  format: captureFormat,
  version: captureVersion,
  tool: { name: 'switchyard', version: '0' },
  takenAt: '2026-11-22T17:00:00.000Z',
  host: { name: 'HV01', elevated: true },
  redacted: false,
  observations: {},
};
const check = { takenAt: capture.takenAt } as Check;
const inside: Failure = { kind: 'unexpected', message: 'Something went wrong inside Switchyard (error 1).' };

/** A host whose look the test ends. */
function hostInHand() {
  const looks: { options: LookOptions; end: (result: Result<Capture>) => void }[] = [];
  const close = vi.fn(() => Promise.resolve());
  const host: Host = {
    source: 'demo',
    label: 'demo host x',
    close,
    look: (options = {}) => new Promise((resolve) => looks.push({ options, end: resolve })),
  };
  return { host, looks, close };
}

function watched(judge: () => Check = () => check) {
  const { host, looks, close } = hostInHand();
  const watch = watchHost(host, judge, () => inside);
  const events: ContractEvent[] = [];
  watch.listen((event) => events.push(event));
  return { watch, looks, events, close };
}

describe('a watched host', () => {
  it('has nothing but its origin before the first look', () => {
    const { watch } = watched();
    expect(watch.state()).toEqual({ revision: 0, origin: { source: 'demo', label: 'demo host x' } });
  });

  it('has the look under way, then its check, and says so each time', async () => {
    const { watch, looks, events } = watched();
    const lookId = watch.lookAgain();
    expect(watch.state().look).toMatchObject({ lookId, done: 0, total: 0 });
    looks[0]?.end(succeed(capture));
    await watch.settled();
    expect(watch.state()).toMatchObject({ revision: 2, check, checkLookId: lookId });
    expect(watch.capture()).toBe(capture);
    expect(watch.state().look).toBeUndefined();
    expect(events.map(({ event }) => event)).toEqual(['host.changed', 'host.changed']);
  });

  it('adds up the progress, so that one event says all', () => {
    const { watch, looks, events } = watched();
    watch.lookAgain();
    const tell = looks[0]?.options.onProgress;
    tell?.({ observation: 'NetAdapter', state: 'asking', done: 0, total: 3 });
    tell?.({ observation: 'Disk', state: 'asking', done: 0, total: 3 });
    tell?.({ observation: 'NetAdapter', state: 'ok', done: 1, total: 3 });
    tell?.({ observation: 'Disk', state: 'failed', done: 2, total: 3 });
    expect(events.at(-1)?.payload).toMatchObject({
      done: 2,
      total: 3,
      asking: [],
      answered: { ok: 1, unavailable: 0, failed: 1 },
    });
    expect(events.at(-2)?.payload).toMatchObject({ asking: ['Disk'] });
  });

  it('answers a second wish to look with the look under way', () => {
    const { watch, looks } = watched();
    expect(watch.lookAgain()).toBe(watch.lookAgain());
    expect(looks).toHaveLength(1);
  });

  it('sees a change by a look that began after it', async () => {
    const { watch, looks } = watched();
    watch.lookAfterChange();
    expect(looks).toHaveLength(1);
    watch.lookAfterChange();
    expect(looks).toHaveLength(1);
    looks[0]?.end(succeed(capture));
    await vi.waitFor(() => expect(looks).toHaveLength(2));
    looks[1]?.end(succeed(capture));
    await watch.settled();
    expect(looks).toHaveLength(2);
    expect(watch.state().look).toBeUndefined();
  });

  it('sends packets for a look that was asked to, and keeps what came of them', async () => {
    const { host, looks } = hostInHand();
    const withPackets: Capture = { ...capture, takenAt: '2026-11-22T18:00:00.000Z' };
    const send = vi.fn(() => Promise.resolve(succeed(withPackets)));
    const watch = watchHost(
      host,
      () => check,
      () => inside,
      send,
    );
    watch.lookAgain();
    looks[0]?.end(succeed(capture));
    await watch.settled();
    expect(send).not.toHaveBeenCalled();
    watch.lookAgain({ sendsPackets: true });
    looks[1]?.end(succeed(capture));
    await watch.settled();
    expect(send).toHaveBeenCalledOnce();
    expect(watch.capture()).toBe(withPackets);
  });

  it('keeps the last check while the next look fails', async () => {
    const { watch, looks } = watched();
    watch.lookAgain();
    looks[0]?.end(succeed(capture));
    await watch.settled();
    watch.lookAgain();
    looks[1]?.end(fail('start-failed', 'PowerShell did not start.'));
    await watch.settled();
    expect(watch.state()).toMatchObject({ check, failure: { kind: 'start-failed' } });
  });

  it('stops a look by its own id only, and keeps what was known', async () => {
    const { watch, looks } = watched();
    const lookId = watch.lookAgain();
    expect(watch.cancel('another')).toBe(false);
    expect(looks[0]?.options.signal?.aborted).toBe(false);
    expect(watch.cancel(lookId)).toBe(true);
    expect(looks[0]?.options.signal?.aborted).toBe(true);
    // A host may still give what it had: half a look is no look.
    looks[0]?.end(succeed(capture));
    await watch.settled();
    expect(watch.state()).toMatchObject({ failure: { kind: 'cancelled' } });
    expect(watch.state().check).toBeUndefined();
    expect(watch.capture()).toBeUndefined();
    expect(watch.cancel(lookId)).toBe(false);
  });

  it('turns what is thrown into a failure that says nothing of it', async () => {
    const { watch, looks } = watched(() => {
      throw new Error('secret path');
    });
    watch.lookAgain();
    looks[0]?.end(succeed(capture));
    await watch.settled();
    expect(watch.state().failure).toEqual(inside);
  });

  it('waits for the look under way before it closes the host', async () => {
    const { watch, looks, close } = watched();
    watch.lookAgain();
    const closing = watch.close();
    expect(looks[0]?.options.signal?.aborted).toBe(true);
    expect(close).not.toHaveBeenCalled();
    looks[0]?.end(fail('cancelled', 'Stopped.'));
    await closing;
    expect(close).toHaveBeenCalledOnce();
  });
});
