import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContractEvent } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import { handlers, WebContentsDouble } from './electron.test-double.ts';
import { answerCalls, isOurPage, sendEvents } from './ipc.ts';

vi.mock('electron', async () => (await import('./electron.test-double.ts')).electronDouble());

const own = new WebContentsDouble();
const other = new WebContentsDouble();
const destroyed = new WebContentsDouble();
destroyed.isGone = true;
const windows = new Set([own, destroyed]) as unknown as ReadonlySet<WebContents>;
type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;
const event = (sender: unknown, senderFrame: unknown): Sender => ({ sender, senderFrame }) as Sender;
const at = (url: string): unknown => {
  const contents = new WebContentsDouble();
  contents.mainFrame.url = url;
  return contents;
};

describe('the sender of a call', () => {
  it('may be the main frame of our own page', () => {
    expect(isOurPage(event(own, own.mainFrame), windows)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['a window that we did not make', other, other.mainFrame],
    ['a subframe', own, { url: 'switchyard://app/', detached: false }],
    ['a frame that is gone', own, null],
    ['a detached frame', own, { ...own.mainFrame, detached: true }],
    ['a window that is gone', destroyed, destroyed.mainFrame],
  ])('may not be %s', (_what, sender, frame) => {
    expect(isOurPage(event(sender, frame), windows)).toBe(false);
  });

  it.each([
    'https://example.org/',
    'switchyard://app.evil/',
    'switchyard://app@evil/',
    'about:blank',
    'file:///x',
    '',
  ])('may not be a page at %j', (url) => {
    const contents = at(url) as WebContentsDouble;
    const all = new Set([contents]) as unknown as ReadonlySet<WebContents>;
    expect(isOurPage(event(contents, contents.mainFrame), all)).toBe(false);
  });
});

describe('a call', () => {
  const call = vi.fn(() => Promise.resolve(succeed('answer')));
  beforeEach(() => {
    call.mockClear();
    answerCalls({ call }, windows);
  });

  it('reaches the application as it is', async () => {
    const answer = await handlers.get('switchyard:call')?.(event(own, own.mainFrame), 'host.state', { a: 1 });
    expect(call).toHaveBeenCalledWith('host.state', { a: 1 });
    expect(answer).toEqual({ ok: true, value: 'answer' });
  });

  it('of a stranger is refused before anything is done', async () => {
    const answer = await handlers.get('switchyard:call')?.(event(other, other.mainFrame), 'host.state', {});
    expect(call).not.toHaveBeenCalled();
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  });
});

describe('events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const changed = (revision: number): ContractEvent => ({ event: 'host.changed', payload: { revision } });

  const sending = () => {
    const contents = new WebContentsDouble();
    let push: (event: ContractEvent) => void = () => undefined;
    const stop = vi.fn();
    sendEvents(
      {
        listen: (listener) => {
          push = listener;
          return stop;
        },
      },
      contents as unknown as WebContents,
    );
    return { contents, push: (event: ContractEvent) => push(event), stop };
  };

  it('go to the window, many at once as the newest', () => {
    const { contents, push } = sending();
    for (let revision = 1; revision <= 10_000; revision += 1) push(changed(revision));
    expect(contents.send.mock.calls).toEqual([['switchyard:event', 'host.changed', { revision: 1 }]]);
    vi.advanceTimersByTime(50);
    expect(contents.send.mock.calls.at(-1)).toEqual([
      'switchyard:event',
      'host.changed',
      { revision: 10_000 },
    ]);
    expect(contents.send).toHaveBeenCalledTimes(2);
  });

  it('end with the window', () => {
    const { contents, push, stop } = sending();
    contents.isGone = true;
    push(changed(1));
    expect(contents.send).not.toHaveBeenCalled();
    contents.emit('destroyed');
    expect(stop).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
