import { describe, expect, it } from 'vitest';
import type { ContractEvent } from '#shared/contract.ts';
import { createOutbox } from './event-outbox.ts';

const changed = (revision: number): ContractEvent => ({ event: 'host.changed', payload: { revision } });
const progress = (done: number): ContractEvent => ({
  event: 'host.progress',
  payload: { lookId: 'a', done, total: 9, asking: [], answered: { ok: done, unavailable: 0, failed: 0 } },
});

describe('the outbox', () => {
  it('sends at once to a window that takes everything', () => {
    const sent: ContractEvent[] = [];
    const outbox = createOutbox((event) => sent.push(event) > 0);
    outbox.push(changed(1));
    outbox.push(changed(2));
    expect(sent).toEqual([changed(1), changed(2)]);
    expect(outbox.waiting()).toBe(0);
  });

  it('keeps only the newest of each kind for a window that takes nothing, however many come', () => {
    const sent: ContractEvent[] = [];
    const outbox = createOutbox((event) => {
      sent.push(event);
      return false;
    });
    for (let count = 0; count < 10_000; count += 1) {
      outbox.push(progress(count));
      outbox.push(changed(count));
    }
    expect(sent).toEqual([progress(0)]);
    expect(outbox.waiting()).toBe(2);
  });

  it('goes on with the newest, one at a time, when the window can take more', () => {
    const sent: ContractEvent[] = [];
    const outbox = createOutbox((event) => {
      sent.push(event);
      return false;
    });
    outbox.push(changed(1));
    outbox.push(changed(2));
    outbox.push(progress(5));
    outbox.push(changed(3));
    outbox.drained();
    outbox.drained();
    outbox.drained();
    expect(sent).toEqual([changed(1), progress(5), changed(3)]);
  });
});
