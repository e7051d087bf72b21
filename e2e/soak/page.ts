/** A page of the browser shell as the server sees it: a session, a stream of events, and calls. */
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Result } from '../../src-main/shared/result.ts';
import type { Busy } from './busy.ts';

export interface SoakPage {
  /** Names as in the contract, such as `host.state`. Throws where the answer is a failure. */
  readonly call: <T>(name: string, body?: object) => Promise<T>;
  readonly eventCount: () => number;
  /** As a tab that is closed: without a word. */
  readonly close: () => void;
}

function ask(options: {
  readonly agent: Agent;
  readonly origin: URL;
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
}): Promise<IncomingMessage> {
  const { agent, origin, path, body, token } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: origin.hostname,
        port: origin.port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(body !== undefined && { 'Content-Type': 'application/json', Origin: origin.origin }),
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  response.setEncoding('utf8');
  for await (const part of response) parts.push(String(part));
  return parts.join('');
}

/** `reads`: false for a page that takes nothing of what it is told, as one on a stuck connection. */
export async function openPage(link: string, busy: Busy, reads: boolean): Promise<SoakPage> {
  const origin = new URL(link);
  const agent = new Agent({ keepAlive: true });
  const swapped = await busy.track(
    ask({ agent, origin, path: '/session', body: { code: origin.hash.slice(1) } }).then(textOf),
  );
  const { token } = JSON.parse(swapped) as { readonly token: string };
  const events = await busy.track(ask({ agent, origin, path: '/events', token }));
  let count = 0;
  events.on('error', () => undefined);
  if (reads) {
    events.on('data', (chunk: Buffer) => {
      count += chunk.toString('utf8').split('\n').length - 1;
    });
  } else events.pause();
  return {
    call: async <T>(name: string, body: object = {}) => {
      const text = await busy.track(
        ask({ agent, origin, path: '/call', body: { call: name, request: body }, token }).then(textOf),
      );
      const answer = JSON.parse(text) as Result<T>;
      if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
      return answer.value;
    },
    eventCount: () => count,
    close: () => {
      events.destroy();
      agent.destroy();
    },
  };
}
