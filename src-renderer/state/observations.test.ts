import { describe, expect, it, vi } from 'vitest';
import { bridgeOver } from '#shared/contract.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { ObservationStore } from './observations.svelte.ts';

const part = (from: number, more: object = {}) =>
  succeed({
    name: 'Disk',
    status: 'ok',
    durationMs: 1,
    itemErrors: [],
    items: [{ Number: from }],
    from,
    total: 2,
    tooLarge: 0,
    ...more,
  });

function storeOver(answer: (name: string, request: unknown) => Result<unknown>) {
  const call = vi.fn((name: string, request: unknown) => Promise.resolve(answer(name, request)));
  return { store: new ObservationStore(bridgeOver({ call, listen: () => () => undefined })), call };
}

describe('what the host said, in the window', () => {
  it('is asked for once, and a large answer piece by piece', async () => {
    const { store, call } = storeOver((_name, request) =>
      (request as { from: number }).from === 0 ? part(0, { next: 1, tooLarge: 1 }) : part(1),
    );
    await store.open('Disk');
    await store.open('Disk');
    expect(call).toHaveBeenCalledTimes(1);
    expect(store.get('Disk')).toMatchObject({ items: [{ Number: 0 }], next: 1 });
    await store.more('Disk');
    expect(store.get('Disk')).toMatchObject({ items: [{ Number: 0 }, { Number: 1 }], tooLarge: 1 });
    await store.more('Disk');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is null where it was not asked, and no failure stays for good', async () => {
    let answer: Result<unknown> = fail('refused', 'No.');
    const { store } = storeOver(() => answer);
    await store.open('Disk');
    expect(store.get('Disk')).toMatchObject({ failure: { kind: 'refused' } });
    answer = succeed(null);
    await store.open('Disk');
    expect(store.get('Disk')).toBeNull();
  });

  it('is forgotten with the next look, and what is open is asked for again', async () => {
    const { store, call } = storeOver((name) =>
      name === 'host.observation' ? part(0) : succeed({ observations: [], unknownNames: [] }),
    );
    await store.follow('a');
    expect(store.record?.observations).toEqual([]);
    await store.open('Disk');
    call.mockClear();
    await store.follow('a');
    expect(call).not.toHaveBeenCalled();
    await store.follow('b');
    expect(call.mock.calls.map(([name]) => name).sort()).toEqual([
      'host.observation',
      'host.observations',
      'host.records',
    ]);
    expect(store.get('Disk')).toMatchObject({ total: 2 });
  });
});
