import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WindowBridge } from '#shared/contract.ts';
import { openBridge } from './bridge.ts';

const json = (value: unknown): Response => new Response(JSON.stringify(value));
const refused = (): Response => new Response('refused\n', { status: 403 });

type Answer = (path: string, init: RequestInit | undefined) => Promise<Response> | Response;
let events: ReadableStreamDefaultController<Uint8Array>;

/** A server: `/session` and `/events` work, the rest is up to the test. */
function serve(answer: Answer = () => json({ ok: true, value: null })) {
  const fetching = vi.fn(async (path: string, init?: RequestInit) => {
    if (path === '/session') return json({ token: 'the-token' });
    if (path === '/events') {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (events = controller) });
      return new Response(body);
    }
    return answer(path, init);
  });
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

beforeEach(() => history.replaceState(null, '', '/#the-code'));
afterEach(() => vi.unstubAllGlobals());

describe('the bridge in the desktop window', () => {
  it('is the one of the preload, and no request is made', async () => {
    const bridge = {} as WindowBridge;
    vi.stubGlobal('bridge', bridge);
    const fetching = serve();
    const opened = await openBridge();
    expect(opened.ok && opened.value.bridge).toBe(bridge);
    expect(fetching).not.toHaveBeenCalled();
  });
});

describe('the bridge in a browser', () => {
  it('swaps the code of the link for a token, and leaves the code nowhere', async () => {
    const fetching = serve();
    expect((await openBridge()).ok).toBe(true);
    expect(fetching.mock.calls[0]).toMatchObject([
      '/session',
      { method: 'POST', body: '{"code":"the-code"}' },
    ]);
    expect(location.href).not.toContain('the-code');
    expect(document.cookie).toBe('');
    expect(Object.keys(localStorage)).toEqual([]);
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('calls with the token in a header', async () => {
    const fetching = serve(() => json({ ok: true, value: 7 }));
    const opened = await openBridge();
    if (!opened.ok) throw new Error('not open');
    expect(await opened.value.bridge.host.cancel({ lookId: 'a' })).toEqual({ ok: true, value: 7 });
    expect(fetching).toHaveBeenLastCalledWith('/call', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer the-token' },
      body: '{"call":"host.cancel","request":{"lookId":"a"}}',
    });
  });

  it('hears events, however the stream cuts them', async () => {
    serve();
    const opened = await openBridge();
    if (!opened.ok) throw new Error('not open');
    const heard = vi.fn();
    opened.value.bridge.host.onChanged(heard);
    const bytes = new TextEncoder().encode(
      '\n{"event":"host.changed","payload":{"revision":1}}\n{"event":"host.chan',
    );
    await vi.waitFor(() => expect(events).toBeDefined());
    events.enqueue(bytes.slice(0, 20));
    events.enqueue(bytes.slice(20));
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith({ revision: 1 }));
    expect(heard).toHaveBeenCalledOnce();
  });

  it.each([
    ['without a code', '', /without a fresh link/],
    ['with a code that is refused', '#used', /used before/],
  ])('says how to get in %s', async (_what, hash, message) => {
    history.replaceState(null, '', `/${hash}`);
    vi.stubGlobal('fetch', () => Promise.resolve(refused()));
    const opened = await openBridge();
    expect(!opened.ok && opened.failure.message).toMatch(message);
    expect(!opened.ok && opened.failure.remedy).toMatch(/Press Enter/);
  });

  it.each<[string, Answer, string]>([
    ['the session has ended', refused, 'refused'],
    ['nothing answers', () => Promise.reject(new TypeError('fetch failed')), 'exited'],
  ])('is lost, once, when %s', async (_what, answer, kind) => {
    serve(answer);
    const opened = await openBridge();
    if (!opened.ok) throw new Error('not open');
    const lost = vi.fn();
    opened.value.onLost(lost);
    for (let count = 0; count < 2; count += 1) {
      expect(await opened.value.bridge.host.state({})).toMatchObject({ ok: false, failure: { kind } });
    }
    expect(lost).toHaveBeenCalledOnce();
  });
});
