import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ContractEvent } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import type { BundleFile } from '../platform/page-bundle.ts';
import { codeLifeMs, idleLifeMs } from './sessions.ts';
import { maximumConnections, openServer, type BrowserServer } from './server.ts';

const page: BundleFile = { contentType: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') };
const clock = { ms: 0 };
const log: string[] = [];
const listeners = new Set<(event: ContractEvent) => void>();
let server: BrowserServer;

beforeAll(async () => {
  const opened = await openServer({
    application: {
      call: (name, request) => Promise.resolve(succeed({ name, request })),
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    bundle: new Map([
      ['/', page],
      ['/index.html', page],
      ['/assets/app.js', { contentType: 'text/javascript; charset=utf-8', body: Buffer.from('1') }],
    ]),
    log: (line) => log.push(line),
    nowMs: () => clock.ms,
    headersTimeoutMs: 300,
    requestTimeoutMs: 600,
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  server = opened.value;
});
afterAll(() => server.close());

/** Sends bytes as they are and gives everything that comes back until the end. */
async function raw(text: string, host = '127.0.0.1'): Promise<string> {
  const socket = connect(server.port, host);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => socket.destroy());
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A request with our Host unless it brings its own. */
function ask({ method = 'GET', path = '/', headers = [], body = '' }: Ask): Promise<string> {
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host');
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(hasHost ? [] : [`Host: 127.0.0.1:${server.port}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    'Connection: close',
  ];
  return raw(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const ours = (): string => `http://127.0.0.1:${server.port}`;
const posting = (more: readonly (readonly [string, string])[] = []): (readonly [string, string])[] => [
  ['Origin', ours()],
  ['Content-Type', 'application/json'],
  ...more,
];
const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
const codeOf = (link: string): string => link.slice(link.indexOf('#') + 1);

async function newToken(): Promise<string> {
  const answer = await ask({
    method: 'POST',
    path: '/session',
    headers: posting(),
    body: JSON.stringify({ code: codeOf(server.freshLink()) }),
  });
  return (JSON.parse(bodyOf(answer)) as { token: string }).token;
}

const call = (token: string, more: readonly (readonly [string, string])[] = []): Promise<string> =>
  ask({
    method: 'POST',
    path: '/call',
    headers: posting([['Authorization', `Bearer ${token}`], ...more]),
    body: '{"call":"host.state","request":{}}',
  });

let refusal = '';
beforeAll(async () => {
  refusal = await ask({ path: '/nothing' });
  expect(refusal).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(bodyOf(refusal)).toBe('refused\n');
});

describe('the address', () => {
  it('is the literal loopback address, on a free port', () => {
    expect(server.freshLink()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  });

  it('answers on no other interface', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
    const alternatives = [...others.map(({ address }) => address), '::1'];
    for (const address of alternatives) {
      const socket = connect(server.port, address);
      const outcome = await new Promise<string>((resolve) => {
        socket.on('connect', () => resolve('connected'));
        socket.on('error', () => resolve('refused'));
      });
      socket.destroy();
      expect([address, outcome]).toEqual([address, 'refused']);
    }
  });
});

describe('the Host', () => {
  it.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'])('may be %s', async (host) => {
    const answer = await ask({ headers: [['Host', host.replace('PORT', String(server.port))]] });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '127.0.0.1:1',
    '127.0.0.1:PORT0',
    '127.0.0.1:0PORT',
    'localhost.evil:PORT',
    'localhost.:PORT',
    'evil.localhost:PORT',
    '127.0.0.1.nip.io:PORT',
    '127.0.0.1.:PORT',
    '127.0.0.2:PORT',
    '127.1:PORT',
    '0.0.0.0:PORT',
    '0:PORT',
    '2130706433:PORT',
    '0x7f000001:PORT',
    '0177.0.0.1:PORT',
    '[::]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[0:0:0:0:0:0:0:1]:PORT',
    '::1:PORT',
    'LOCALHOST:PORT',
    'user@127.0.0.1:PORT',
    '127.0.0.1:PORT@evil',
    'evil',
    'evil:PORT',
    'evil#127.0.0.1:PORT',
    '127.0.0.1:PORT, evil',
    '',
  ])('may not be "%s"', async (host) => {
    expect(await ask({ headers: [['Host', host.replace('PORT', String(server.port))]] })).toBe(refusal);
  });

  it('may not be missing, given twice, or stand in the target', async () => {
    const own = `127.0.0.1:${server.port}`;
    expect(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toBe(refusal);
    expect(await raw(`GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil\r\nConnection: close\r\n\r\n`)).toBe(
      refusal,
    );
    expect(await raw(`GET / HTTP/1.1\r\nHost: ${own}\r\nHost: ${own}\r\nConnection: close\r\n\r\n`)).toBe(
      refusal,
    );
    expect(await ask({ path: 'http://evil/' })).toBe(refusal);
    expect(await ask({ path: `http://${own}/` })).toBe(refusal);
    expect(await ask({ path: '//evil/' })).toBe(refusal);
  });
});

describe('the Origin of what is not a GET', () => {
  const swap = async (origin: string | undefined, more: readonly (readonly [string, string])[] = []) =>
    ask({
      method: 'POST',
      path: '/session',
      headers: [
        ...(origin === undefined ? [] : [['Origin', origin.replace('PORT', String(server.port))] as const]),
        ['Content-Type', 'application/json'],
        ...more,
      ],
      body: JSON.stringify({ code: codeOf(server.freshLink()) }),
    });

  it.each(['http://127.0.0.1:PORT', 'http://localhost:PORT', 'http://[::1]:PORT'])(
    'may be %s',
    async (origin) => {
      expect(await swap(origin)).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it.each([
    undefined,
    '',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'HTTP://127.0.0.1:PORT',
    'http://LOCALHOST:PORT',
    'http://127.0.0.1:PORT/',
    'http://localhost.evil:PORT',
    'http://127.0.0.1:PORT.evil',
    'http://evil',
    'file://',
    'http://127.0.0.1:PORT http://evil',
  ])('may not be %j', async (origin) => {
    expect(await swap(origin)).toBe(refusal);
  });

  it('may not come from another site, even with our name on it', async () => {
    expect(await swap('http://127.0.0.1:PORT', [['Sec-Fetch-Site', 'cross-site']])).toBe(refusal);
    expect(await swap('http://127.0.0.1:PORT', [['Origin', 'http://evil']])).toBe(refusal);
  });
});

describe('who has no session', () => {
  it.each<[string, Ask]>([
    ['events', { path: '/events' }],
    [
      'events with a wrong token',
      { path: '/events', headers: [['Authorization', `Bearer ${'x'.repeat(43)}`]] },
    ],
    ['an unknown page', { path: '/secret.html' }],
    ['a way out of the bundle', { path: '/../package.json' }],
    ['an escaped way out', { path: '/%2e%2e/package.json' }],
    ['a source map', { path: '/assets/app.js.map' }],
    ['a folder', { path: '/assets/' }],
    ['a query', { path: '/?code=1' }],
    ['HEAD', { method: 'HEAD' }],
    ['OPTIONS', { method: 'OPTIONS', headers: [['Access-Control-Request-Method', 'POST']] }],
    ['PUT', { method: 'PUT', path: '/call' }],
    ['DELETE', { method: 'DELETE' }],
    ['TRACE', { method: 'TRACE' }],
    ['CONNECT', { method: 'CONNECT', path: 'evil:443' }],
    ['nonsense', { method: 'FROBNICATE' }],
    [
      'an upgrade',
      {
        path: '/events',
        headers: [
          ['Upgrade', 'websocket'],
          ['Sec-WebSocket-Version', '13'],
        ],
      },
    ],
  ])('asking for %s is told nothing but "refused"', async (_what, request) => {
    const answer = await ask(request);
    // A HEAD has no body, whatever the answer.
    expect(answer).toBe(request.method === 'HEAD' ? refusal.slice(0, -'refused\n'.length) : refusal);
  });

  it.each<[string, string, string]>([
    ['call', '/call', '{"call":"host.state","request":{}}'],
    ['session, without a code', '/session', '{}'],
    ['session, with a code that is no text', '/session', '{"code":{"a":1}}'],
    ['session, with broken JSON', '/session', '{"code":'],
    ['anything else', '/settings', '{}'],
  ])('posting to %s is told the same', async (_what, path, body) => {
    expect(await ask({ method: 'POST', path, headers: posting(), body })).toBe(refusal);
  });

  it('is told the same when the request is broken, too large or too slow', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toBe(refusal);
    expect(
      await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`),
    ).toBe(refusal);
    expect(await raw('GET / HTTP/1.1\r\nHost: ')).toBe(refusal);
  });
});

describe('every answer', () => {
  it('has the same policies, no cookie and no permission for other origins', async () => {
    const token = await newToken();
    const answers = [
      await ask({}),
      await ask({ path: '/assets/app.js' }),
      await call(token),
      refusal,
      await raw('NONSENSE\r\n\r\n'),
    ];
    for (const answer of answers) {
      const head = answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase();
      expect(head).toContain("content-security-policy: default-src 'none'; script-src 'self'");
      expect(head).toContain("require-trusted-types-for 'script'; trusted-types svelte-trusted-html");
      expect(head).toContain("frame-ancestors 'none'");
      expect(head).toContain('x-content-type-options: nosniff');
      expect(head).toContain('cache-control: no-store');
      expect(head).toContain('cross-origin-opener-policy: same-origin');
      expect(head).toContain('cross-origin-resource-policy: same-origin');
      expect(head).not.toMatch(/set-cookie|access-control/);
      expect(head).not.toMatch(/^(server|x-powered-by|date):/m);
    }
  });
});

describe('the code in the link', () => {
  const redeem = (code: string): Promise<string> =>
    ask({ method: 'POST', path: '/session', headers: posting(), body: JSON.stringify({ code }) });

  it('opens a session once', async () => {
    const code = codeOf(server.freshLink());
    expect(bodyOf(await redeem(code))).toMatch(/^\{"token":"[\w-]{43}"\}$/);
    expect(await redeem(code)).toBe(refusal);
  });

  it('is void after 60 s', async () => {
    const code = codeOf(server.freshLink());
    clock.ms += codeLifeMs;
    expect(await redeem(code)).toBe(refusal);
  });

  it('never stands in the log', () => {
    expect(log.join('\n')).not.toMatch(/[\w-]{43}/);
  });
});

describe('who has a session', () => {
  it('reaches the calls', async () => {
    expect(JSON.parse(bodyOf(await call(await newToken())))).toEqual({
      ok: true,
      value: { name: 'host.state', request: {} },
    });
  });

  it('still needs our Host and Origin', async () => {
    const token = await newToken();
    expect(await call(token, [['Origin', 'http://evil']])).toBe(refusal);
    expect(await call(token, [['Host', 'evil']])).toBe(refusal);
  });

  it('is refused a body of more than 1 MB, announced or not', async () => {
    const token = await newToken();
    const authorised = posting([['Authorization', `Bearer ${token}`]]);
    const body = JSON.stringify({ call: 'x'.repeat(1024 * 1024) });
    expect(await ask({ method: 'POST', path: '/call', headers: authorised, body })).not.toMatch(/ 200 /);
    const chunked = [...authorised, ['Transfer-Encoding', 'chunked'] as const]
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n');
    const answer = await raw(
      `POST /call HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${chunked}\r\n\r\n` +
        `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    );
    expect(answer).not.toMatch(/ 200 /);
    expect(await call(token)).toMatch(/ 200 /);
  });

  it('hears events until the session ends', async () => {
    const token = await newToken();
    const response = await fetch(`${ours()}/events`, { headers: { Authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('\n');
    for (const listener of listeners) listener({ event: 'host.changed', payload: { revision: 7 } });
    expect((await reader?.read())?.value).toBe('{"event":"host.changed","payload":{"revision":7}}\n');
    server.endSessions();
    expect((await reader?.read())?.done).toBe(true);
    expect(listeners.size).toBe(0);
    expect(await call(token)).toBe(refusal);
  });

  it('has none after 30 minutes without a request', async () => {
    const token = await newToken();
    clock.ms += idleLifeMs;
    expect(await call(token)).toBe(refusal);
  });
});

/** On a busy machine a second is short. */
const patiently = { timeout: 30_000 };

describe('more connections than the shell takes', () => {
  it('closes the next one unheard, while an open page goes on, and takes another once one has ended', async () => {
    let tell: (event: ContractEvent) => void = () => undefined;
    const opened = await openServer({
      application: {
        call: () => Promise.resolve(succeed(null)),
        listen: (listener) => {
          tell = listener;
          return () => undefined;
        },
      },
      bundle: new Map([['/', page]]),
      log: () => undefined,
    });
    if (!opened.ok) throw new Error(opened.failure.message);
    const { port, freshLink, close } = opened.value;
    const sockets: Socket[] = [];
    const open = async (lines: readonly string[]): Promise<{ socket: Socket; heard: () => string }> => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      socket.on('error', () => socket.destroy());
      await once(socket, 'connect');
      socket.write(lines.join('\r\n'));
      return { socket, heard: () => answer };
    };
    const host = `Host: 127.0.0.1:${port}`;
    const get = ['GET / HTTP/1.1', host, 'Connection: close', '', ''];
    const body = JSON.stringify({ code: codeOf(freshLink()) });
    const swap = await open([
      'POST /session HTTP/1.1',
      host,
      `Origin: http://127.0.0.1:${port}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
      '',
      body,
    ]);
    await once(swap.socket, 'close');
    const { token } = JSON.parse(bodyOf(swap.heard())) as { token: string };
    const stream = await open(['GET /events HTTP/1.1', host, `Authorization: Bearer ${token}`, '', '']);
    await vi.waitFor(() => expect(stream.heard()).toContain(' 200 '), patiently);

    // Requests that never end, one after the other, so that the server takes them in this order.
    const waiting = [];
    while (waiting.length < maximumConnections - 1) waiting.push(await open(['GET / HTTP/1.1', '']));
    const refused = await open(get);
    if (!refused.socket.closed) await once(refused.socket, 'close');
    expect(refused.heard()).toBe('');
    expect(waiting.filter(({ socket }) => socket.closed)).toEqual([]);

    tell({ event: 'host.changed', payload: { revision: 9 } });
    await vi.waitFor(() => expect(stream.heard()).toContain('"revision":9'), patiently);

    waiting[0]?.socket.destroy();
    await vi.waitFor(async () => {
      const next = await open(get);
      if (!next.socket.closed) await once(next.socket, 'close');
      expect(next.heard()).toContain(' 200 ');
    }, patiently);
    for (const socket of sockets) socket.destroy();
    await close();
  });
});

describe('a port that is taken', () => {
  it('is a failure with a way out', async () => {
    const second = await openServer({
      application: { call: () => Promise.resolve(succeed(null)), listen: () => () => undefined },
      bundle: new Map(),
      port: server.port,
      log: () => undefined,
    });
    expect(second).toMatchObject({ ok: false, failure: { kind: 'start-failed' } });
  });
});
