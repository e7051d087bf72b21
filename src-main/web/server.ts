/**
 * The browser shell: the page and the calls of the contract over HTTP, on the loopback address only.
 *
 * Whoever does not come from our own page with a session learns nothing but "refused", whatever is asked.
 */
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContractEvent } from '#shared/contract.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { createOutbox } from '../app/event-outbox.ts';
import type { PageBundle } from '../platform/page-bundle.ts';
import { pageHeaders } from '../platform/page-policy.ts';
import { bearerToken, isForOurHost, isFromOurPage, plainPath, soleHeader } from './request-checks.ts';
import { createSessions, type Session } from './sessions.ts';

/** The literal address: a name could be made to mean another one. */
const loopback = '127.0.0.1';
const bodyLimitBytes = 1024 * 1024;
const streamsPerSession = 2;
/** More are closed unheard: a program that opens them without end takes nothing from the pages that are open. */
export const maximumConnections = 64;
const refusalDelayMs = 1000;
const sweepEveryMs = 15_000;

const refusal = { status: 403, body: 'refused\n', contentType: 'text/plain; charset=utf-8' } as const;

export interface ServerOptions {
  readonly application: {
    readonly call: (name: unknown, request: unknown) => Promise<Result<unknown>>;
    readonly listen: (listener: (event: ContractEvent) => void) => () => void;
  };
  readonly bundle: PageBundle;
  /** Left out or 0: any free one. */
  readonly port?: number;
  readonly log: (line: string) => void;
  /** Monotonic, ms. */
  readonly nowMs?: () => number;
  /** How long a client may take for its headers, and for its whole request. */
  readonly headersTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
}

export interface BrowserServer {
  readonly port: number;
  /** The address with a fresh one-time code in its fragment, which browsers never send. */
  readonly freshLink: () => string;
  /** Every open page has to come back with a fresh link. */
  readonly endSessions: () => void;
  readonly close: () => Promise<void>;
}

/** Fails with `start-failed` where the port cannot be had. */
export async function openServer(options: ServerOptions): Promise<Result<BrowserServer>> {
  const { application, bundle, log } = options;
  const sessions = createSessions(options.nowMs ?? (() => performance.now()), log);
  let port = 0;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    response.sendDate = false;
    route(request, response).catch((error: unknown) => {
      log(`A request ended in an error: ${String(error)}`);
      response.destroy();
    });
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = plainPath(request);
    if (!isForOurHost(request, port) || path === undefined) return refuse(response);
    if (request.method === 'GET') {
      const file = bundle.get(path);
      if (file) {
        send(response, 200, file.contentType, file.body);
        return;
      }
      const session = path === '/events' ? sessionOf(request) : undefined;
      if (session === undefined) return refuse(response);
      stream(session, response);
      return;
    }
    if (request.method !== 'POST' || !isFromOurPage(request, port)) return refuse(response);
    if (soleHeader(request, 'content-type') !== 'application/json') return refuse(response);
    if (path === '/session') return swapCode(request, response);
    if (path === '/call' && sessionOf(request)) return call(request, response);
    return refuse(response);
  };

  const sessionOf = (request: IncomingMessage): Session | undefined => {
    const token = bearerToken(request);
    return token === undefined ? undefined : sessions.find(token);
  };

  const refuse = async (response: ServerResponse): Promise<void> => {
    if (sessions.isUnderAttack()) await delay(refusalDelayMs, undefined, { ref: false });
    response.shouldKeepAlive = false;
    send(response, refusal.status, refusal.contentType, refusal.body);
  };

  const swapCode = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const code = propertyOf(body, 'code');
    const token = typeof code === 'string' && code.length <= 100 ? sessions.redeem(code) : undefined;
    if (token === undefined) return refuse(response);
    sendJson(response, { token });
  };

  const call = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === undefined) return refuse(response);
    sendJson(response, await application.call(propertyOf(body, 'call'), propertyOf(body, 'request')));
  };

  const stream = (session: Session, response: ServerResponse): void => {
    // A page that asks again has lost its former stream.
    if (session.onEnd.size >= streamsPerSession) [...session.onEnd][0]?.();
    response.writeHead(200, { ...pageHeaders, 'Content-Type': 'application/x-ndjson' });
    const outbox = createOutbox((event) => response.write(`${JSON.stringify(event)}\n`));
    const stopListening = application.listen(outbox.push);
    const end = (): void => {
      session.onEnd.delete(end);
      stopListening();
      response.end();
    };
    session.onEnd.add(end);
    response.on('drain', outbox.drained);
    response.on('close', end);
    // An empty line: the page knows that the stream is open.
    response.write('\n');
  };

  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: options.headersTimeoutMs ?? 10_000,
      requestTimeout: options.requestTimeoutMs ?? 30_000,
      connectionsCheckingInterval: Math.min(1000, options.headersTimeoutMs ?? 1000),
      keepAliveTimeout: 5000,
      // We refuse it ourselves, like everything else.
      requireHostHeader: false,
    },
    answer,
  );
  server.maxConnections = maximumConnections;
  server.on('checkContinue', answer);
  server.on('checkExpectation', answer);
  const refuseSocket = (socket: Duplex): void => {
    socket.on('error', () => socket.destroy());
    if (socket.writable) socket.end(rawRefusal);
    else socket.destroy();
  };
  server.on('clientError', (_error: Error, socket: Duplex) => refuseSocket(socket));
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => refuseSocket(socket));
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuseSocket(socket));
  server.on('connection', (socket: Socket) => socket.setNoDelay(true));

  const listening = await listen(server, options.port ?? 0);
  if (!listening.ok) return listening;
  port = listening.value;
  const sweeping = setInterval(sessions.sweep, sweepEveryMs).unref();

  return succeed({
    port,
    freshLink: () => `http://${loopback}:${port}/#${sessions.newCode()}`,
    endSessions: sessions.endAll,
    close: () =>
      new Promise<void>((resolve) => {
        clearInterval(sweeping);
        sessions.endAll();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function listen(server: ReturnType<typeof createServer>, wanted: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: 'another program uses it',
        EACCES: 'this user may not use it',
      };
      const reason = reasons[error.code ?? ''] ?? error.message;
      resolve(
        fail('start-failed', `Port ${wanted} on ${loopback} cannot be opened: ${reason}.`, {
          remedy: 'Give another --port, or leave it out and a free one is taken.',
          detail: error.message,
        }),
      );
    });
    server.listen(wanted, loopback, () => resolve(succeed((server.address() as AddressInfo).port)));
  });
}

function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, {
    ...pageHeaders,
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** The same refusal for what never becomes a request: broken, oversized, slow, upgrades. */
const rawRefusal = [
  `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
  ...Object.entries(pageHeaders).map(([name, value]) => `${name}: ${value}`),
  `Content-Type: ${refusal.contentType}`,
  `Content-Length: ${Buffer.byteLength(refusal.body)}`,
  'Connection: close',
  '',
  refusal.body,
].join('\r\n');

/** The JSON value of a body; undefined where it is too long, broken off or no JSON. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Not destroyed when left early: the refusal still has to go out on it.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > bodyLimitBytes) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // Broken off or no JSON: the caller refuses, and says no more than that.
    return undefined;
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
