/**
 * The way to main: the preload's bridge in the desktop window, the loopback server in a browser. Nobody else in the
 * window knows which of the two it is.
 */
import { bridgeOver, type WindowBridge } from '#shared/contract.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';

declare global {
  interface Window {
    readonly bridge?: WindowBridge;
  }
}

export interface OpenBridge {
  readonly bridge: WindowBridge;
  /** Called once, when no call can succeed any more. */
  readonly onLost: (listener: (failure: Failure) => void) => void;
}

type Listener = (payload: unknown) => void;

const freshLink = 'Press Enter in the terminal where Switchyard runs, and open the link that it prints.';
const ended: Failure = {
  kind: 'refused',
  message: 'This page has no session any more: it was idle for 30 minutes, or its sessions were ended.',
  remedy: freshLink,
};
const gone: Failure = {
  kind: 'exited',
  message: 'Switchyard does not answer any more; what you see is what it said last.',
  remedy: 'Start it again in the terminal, and open the new link.',
};
const reopenAfterMs = 500;

export async function openBridge(): Promise<Result<OpenBridge>> {
  if (window.bridge !== undefined) return succeed({ bridge: window.bridge, onLost: () => undefined });
  const code = location.hash.slice(1);
  // Neither the history nor a bookmark shall keep it.
  history.replaceState(null, '', location.pathname);
  if (code === '') {
    return fail('refused', 'This page was opened without a fresh link, or was loaded again.', {
      remedy: freshLink,
    });
  }
  const answer = await post('/session', { code });
  if (answer === undefined) return { ok: false, failure: gone };
  if (!answer.ok) {
    return fail('refused', 'The link was used before, or is older than 60 s.', { remedy: freshLink });
  }
  const { token } = (await answer.json()) as { token: string };
  return succeed(bridgeToServer(token));
}

/** The token lives in this closure alone. */
function bridgeToServer(token: string): OpenBridge {
  const listeners = new Map<string, Set<Listener>>();
  let tellLost: (failure: Failure) => void = () => undefined;
  let isLost = false;

  const lose = (failure: Failure): Result<never> => {
    if (!isLost) tellLost(failure);
    isLost = true;
    return { ok: false, failure };
  };

  const call = async (name: string, request: unknown): Promise<Result<unknown>> => {
    const answer = await post('/call', { call: name, request }, token);
    if (answer === undefined) return lose(gone);
    if (!answer.ok) return lose(ended);
    return (await answer.json()) as Result<unknown>;
  };

  const follow = async (): Promise<void> => {
    for (let isFirst = true; !isLost; isFirst = false) {
      if (!isFirst) await new Promise((resolve) => setTimeout(resolve, reopenAfterMs));
      const response = await get('/events', token);
      if (response === undefined || !response.ok || response.body === null) {
        lose(response === undefined ? gone : ended);
        return;
      }
      // Something may have happened while nobody listened.
      if (!isFirst) tell({ event: 'host.changed', payload: { revision: 0 } });
      await readLines(response.body, (line) => tell(JSON.parse(line) as { event: string; payload: unknown }));
    }
  };

  const tell = ({ event, payload }: { event: string; payload: unknown }): void => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };

  void follow();
  return {
    onLost: (listener) => {
      tellLost = listener;
    },
    bridge: bridgeOver({
      call,
      listen: (event, listener) => {
        const all = listeners.get(event) ?? new Set();
        listeners.set(event, all.add(listener));
        return () => void all.delete(listener);
      },
    }),
  };
}

/** Undefined where nothing answers. */
async function post(path: string, body: unknown, token?: string): Promise<Response | undefined> {
  return answered(
    fetch(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    }),
  );
}

async function get(path: string, token: string): Promise<Response | undefined> {
  return answered(fetch(path, { headers: { Authorization: `Bearer ${token}` } }));
}

async function answered(response: Promise<Response>): Promise<Response | undefined> {
  try {
    return await response;
  } catch (error) {
    // fetch throws a TypeError exactly where there was no answer.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Until the stream ends, by itself or broken off. Empty lines say nothing. */
async function readLines(body: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') onLine(line);
    }
  } catch (error) {
    // Broken off: the caller asks again, and learns then whether the server is gone.
    if (!(error instanceof TypeError)) throw error;
  }
}
