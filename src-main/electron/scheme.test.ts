import type { Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { BundleFile, PageBundle } from '../platform/page-bundle.ts';
import { registerSchemesAsPrivileged, SessionDouble } from './electron.test-double.ts';
import { answerPageRequest, isPageUrl, registerPageScheme, servePage } from './scheme.ts';

vi.mock('electron', async () => (await import('./electron.test-double.ts')).electronDouble());

const page: BundleFile = { contentType: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') };
const script: BundleFile = { contentType: 'text/javascript; charset=utf-8', body: Buffer.from('1') };
const bundle: PageBundle = new Map([
  ['/', page],
  ['/index.html', page],
  ['/assets/app.js', script],
]);
const get = (url: string): Response => answerPageRequest({ method: 'GET', url }, bundle);

describe('the scheme', () => {
  it('is standard and secure, and cannot get round the policy of the page', () => {
    registerPageScheme();
    expect(registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'switchyard', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('is answered from the bundle of the page', async () => {
    const session = new SessionDouble();
    servePage(session as unknown as Session, bundle);
    const [scheme, handler] = session.protocol.handle.mock.calls[0] as [
      string,
      (request: Request) => Response,
    ];
    expect(scheme).toBe('switchyard');
    expect(await handler(new Request('switchyard://app/assets/app.js')).text()).toBe('1');
  });

  it.each(['switchyard://app/', 'switchyard://app/index.html', 'switchyard://app/assets/app.js'])(
    'has %s',
    (url) => {
      expect(get(url).status).toBe(200);
    },
  );

  it.each([
    // Ways out of the folder.
    'switchyard://app/../package.json',
    'switchyard://app/..%2fpackage.json',
    'switchyard://app/%2e%2e/package.json',
    'switchyard://app/%2e%2e%2fpackage.json',
    'switchyard://app/%252e%252e/package.json',
    'switchyard://app/assets/../../main/index.js',
    'switchyard://app/assets/..\\..\\main\\index.js',
    'switchyard://app/..\\..\\package.json',
    'switchyard://app/assets/..%5c..%5cmain',
    'switchyard://app//etc/passwd',
    'switchyard://app///etc/passwd',
    'switchyard://app/./../x',
    // Drives, shares, devices.
    'switchyard://app/C:/Windows/win.ini',
    'switchyard://app/c:\\windows\\win.ini',
    'switchyard://app/C%3A/Windows/win.ini',
    'switchyard://app/%5c%5cserver%5cshare',
    'switchyard://app/\\\\server\\share',
    'switchyard://app/\\\\?\\C:\\x',
    'switchyard://app/NUL',
    'switchyard://app/index.html::$DATA',
    'switchyard://app/index.html%00',
    'switchyard://app/index.html%00.js',
    // Other spellings of a name that is there.
    'switchyard://app/INDEX.HTML',
    'switchyard://app/index.html/',
    'switchyard://app/index.html.',
    'switchyard://app/index.html%20',
    'switchyard://app/index%2ehtml',
    'switchyard://app/assets/',
    'switchyard://app/assets',
    'switchyard://app/assets/app.js.map',
    'switchyard://app/index.html?x=1',
    `switchyard://app/${'a'.repeat(5000)}`,
    'switchyard://app/__proto__',
    'switchyard://app/constructor',
    // Other hosts and schemes.
    'switchyard://app.evil/',
    'switchyard://evil/index.html',
    'switchyard://app@evil/index.html',
    'switchyard://user:secret@app/index.html',
    'switchyard://app:8080/index.html',
    'file:///index.html',
    'https://app/index.html',
    'not an address',
  ])('has no %s', (url) => {
    expect(get(url).status).toBe(404);
  });

  it('answers nothing but GET', () => {
    expect(answerPageRequest({ method: 'POST', url: 'switchyard://app/' }, bundle).status).toBe(404);
  });

  it('puts the strict policy on every answer, also on a refusal', () => {
    for (const url of ['switchyard://app/', 'switchyard://app/none']) {
      const { headers } = get(url);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('an address of our page', () => {
  it.each(['switchyard://app/', 'switchyard://app/index.html#x'])('is %s', (address) => {
    expect(isPageUrl(address)).toBe(true);
  });
  it.each([
    '',
    'switchyard:',
    'switchyard://',
    'switchyard://app.evil/',
    'switchyard://app@evil/',
    'switchyard://x@app/',
    'switchyard://app:1/',
    'switchyards://app/',
    'https://switchyard//app/',
    'about:blank',
    'data:text/html,x',
    'blob:switchyard://app/1',
  ])('is not %j', (address) => {
    expect(isPageUrl(address)).toBe(false);
  });
});
