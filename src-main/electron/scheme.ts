/** Our own scheme, which the window's page comes from: `switchyard://app/`. Nothing comes from file: or the network. */
import { protocol, type Session } from 'electron';
import type { PageBundle } from '../platform/page-bundle.ts';
import { pageHeaders } from '../platform/page-policy.ts';

const pageScheme = 'switchyard';
const pageHost = 'app';
export const pageUrl = `${pageScheme}://${pageHost}/`;
/** Without script: it says what to do where the page itself cannot be kept up. */
export const endedPageUrl = `${pageUrl}window-ended.html`;

/** Before the app is ready. Standard and secure, so that it has an origin; no way around the page's policy. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** True for addresses of our own page, compared after parsing: `switchyard://app.evil/` and `switchyard://app@evil/` are none. */
export function isPageUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol: scheme, host, username, password } = new URL(address);
  return scheme === `${pageScheme}:` && host === pageHost && username === '' && password === '';
}

/** True for what our own page made in its memory: `blob:switchyard://app/` and a name. */
export function isOwnBlob(address: string): boolean {
  return address.startsWith('blob:') && isPageUrl(address.slice('blob:'.length));
}

export function servePage(session: Session, bundle: PageBundle): void {
  session.protocol.handle(pageScheme, (request) => answerPageRequest(request, bundle));
}

/** A name of the bundle or nothing: no part of a request becomes a path of the disk. */
export function answerPageRequest(request: Pick<Request, 'method' | 'url'>, bundle: PageBundle): Response {
  const file =
    isPageUrl(request.url) && request.method === 'GET' ? bundle.get(pathOf(request.url)) : undefined;
  return file === undefined
    ? new Response('not here\n', { status: 404, headers: { ...pageHeaders, 'Content-Type': 'text/plain' } })
    : new Response(new Uint8Array(file.body), {
        headers: { ...pageHeaders, 'Content-Type': file.contentType },
      });
}

/** With its query: an address with one is another address, and not in the bundle. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
