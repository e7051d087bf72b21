/** What a request must look like before anything is done with it: it comes to our address, from our page. */
import type { IncomingMessage } from 'node:http';

/** Exactly these, whatever the case of what a browser sends: browsers send hosts in lower case. */
function ourHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`];
}

type Request = Pick<IncomingMessage, 'rawHeaders' | 'method' | 'url'>;

/** The one value of a header; undefined where it is missing or given more than once. */
export function soleHeader(request: Request, name: string): string | undefined {
  const { rawHeaders } = request;
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) values.push(rawHeaders[index + 1] ?? '');
  }
  return values.length === 1 ? values[0] : undefined;
}

/** Against DNS rebinding: another name that leads to the loopback address is not ours. */
export function isForOurHost(request: Request, port: number): boolean {
  const host = soleHeader(request, 'host');
  return host !== undefined && ourHosts(port).includes(host);
}

/** Everything that is no GET must say that it comes from our own page. */
export function isFromOurPage(request: Request, port: number): boolean {
  const site = soleHeader(request, 'sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = soleHeader(request, 'origin');
  return origin !== undefined && ourHosts(port).some((host) => origin === `http://${host}`);
}

/** The path; undefined for an absolute target, a query (a code could stand in it) or an odd one. */
export function plainPath(request: Request): string | undefined {
  const url = request.url ?? '';
  return /^\/(?:[\w-]+\/)*(?:[\w-]+(?:\.[\w-]+)*)?$/.test(url) && url.length <= 200 ? url : undefined;
}

export function bearerToken(request: Request): string | undefined {
  return /^Bearer ([\w-]{20,100})$/.exec(soleHeader(request, 'authorization') ?? '')?.[1];
}
