/** The browser shell keeps its promises in a real browser, and to whoever knocks without one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { expect, run, test, type Served } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

const demo = ['--demo', 'iscsi-on-team'];

/** Sends bytes as they are and gives everything that comes back until the end. */
function raw(served: Served, lines: readonly string[], body = ''): Promise<string> {
  const port = Number(new URL(served.origin).port);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
    socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
  });
}

function swap(served: Served, code: string, origin = served.origin): Promise<string> {
  const body = JSON.stringify({ code });
  return raw(
    served,
    [
      'POST /session HTTP/1.1',
      `Host: ${new URL(served.origin).host}`,
      `Origin: ${origin}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ],
    body,
  );
}

const refusalOf = (served: Served): Promise<string> =>
  raw(served, ['GET /nothing HTTP/1.1', `Host: ${new URL(served.origin).host}`]);

/** What the page's policy refused, from now on. */
async function watchViolations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  });
  return () => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
}

test('the page as it is breaks its own policy nowhere, and asks nobody but its server', async ({
  page,
  serve,
}) => {
  const served = await serve(demo);
  const violations = await watchViolations(page);
  const problems: string[] = [];
  const asked = new Set<string>();
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.goto(served.link);
  const host = new HostPage(page);
  await host.finding('iscsi-on-team').getByText('Why this matters').click();
  await host.lookAgain.click();
  await expect(host.lookAgain).toBeEnabled();
  expect(await violations()).toEqual([]);
  expect(problems).toEqual([]);
  expect([...asked]).toEqual([served.origin]);
});

test('every demo host can be shown', async ({ page, serve }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const demos = (await run(['demos'])).out.split('\n').filter((line) => /^\S/.test(line));
  expect(demos.length).toBeGreaterThanOrEqual(6);
  for (const name of demos) {
    const served = await serve(['--demo', name]);
    await page.goto(served.link);
    await expect(new HostPage(page).findings, name).toBeVisible();
  }
  expect(problems).toEqual([]);
});

test('what is smuggled into the page does not run', async ({ page, serve }) => {
  const served = await serve(demo);
  const violations = await watchViolations(page);
  await page.goto(served.link);
  await expect(new HostPage(page).findings).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const tried: Record<string, string> = {};
    const policies = (
      window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => void } }
    ).trustedTypes;
    const attempt = (name: string, act: () => void): void => {
      try {
        act();
        tried[name] = 'done';
      } catch (error) {
        tried[name] = error instanceof Error ? error.name : 'thrown';
      }
    };
    const add = <K extends keyof HTMLElementTagNameMap>(
      tag: K,
      set: (element: HTMLElementTagNameMap[K]) => void,
    ) => {
      const element = document.createElement(tag);
      set(element);
      document.body.append(element);
      return element;
    };
    // Text becomes neither markup nor code: these throw.
    attempt('innerHTML', () => (document.body.innerHTML = '<img src=x onerror=alert(1)>'));
    attempt('inline script', () => void add('script', (script) => (script.text = 'window.ran = true')));
    attempt('another policy', () => policies.createPolicy('mine', {}));
    // Code that the debugger itself runs may use eval; a timer's may not.
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        attempt('eval', () => void (0, eval)('window.ran = true'));
        resolve();
      }),
    );
    // And these are refused by the policy of sources.
    add('img', (image) => (image.src = 'https://example.org/x.png'));
    add('iframe', (frame) => (frame.src = '/'));
    add('style', (style) => (style.textContent = 'body { display: none }'));
    add('div', (box) => box.setAttribute('style', 'display: none'));
    add('base', (element) => (element.href = 'https://example.org/'));
    const form = add('form', (element) => {
      element.action = 'https://example.org/';
      element.method = 'post';
    });
    form.submit();
    await fetch('https://example.org/').catch(() => undefined);
    return { tried, ran: 'ran' in window };
  });
  expect(outcome).toEqual({
    tried: {
      innerHTML: 'TypeError',
      'inline script': 'TypeError',
      eval: 'EvalError',
      'another policy': 'TypeError',
    },
    ran: false,
  });
  // The browser tells of them one after the other, and later.
  await expect
    .poll(async () => [...new Set(await violations())])
    .toEqual(
      expect.arrayContaining([
        'require-trusted-types-for',
        'trusted-types',
        'img-src',
        'frame-src',
        'style-src-elem',
        'style-src-attr',
        'base-uri',
        'form-action',
        'connect-src',
      ]),
    );
});

test('names that others chose are shown as text, and what cannot be seen in them is spelt out', async ({
  page,
  serve,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-names-'));
  const file = path.join(folder, 'hostile.capture.json');
  expect((await run(['capture', '-o', file, ...demo])).code).toBe(0);
  const hostile = '<img src=x onerror=alert(1)>\u202Egnp.\u001b[2J';
  const inJson = JSON.stringify(hostile).slice(1, -1);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Team1', inJson));

  const served = await serve(['--capture', file]);
  const violations = await watchViolations(page);
  await page.goto(served.link);
  const host = new HostPage(page);
  const shown = '<img src=x onerror=alert(1)>\\u202Egnp.\\u001B[2J';
  await expect(host.finding('iscsi-on-team')).toContainText(shown);
  await expect(host.header).toContainText('capture file hostile.capture.json');
  await expect(page.locator('img')).toHaveCount(0);
  expect(await violations()).toEqual([]);

  const { out } = await run(['check', '--capture', file]);
  expect(out.replace(/\s+/g, ' ')).toContain(shown);
  // eslint-disable-next-line no-control-regex -- Control characters are what this is about.
  expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
  rmSync(folder, { recursive: true });
});

test('the page is no frame of another', async ({ page, serve }) => {
  const served = await serve(demo);
  await page.route('http://other.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${served.origin}/"></iframe>` }),
  );
  await page.goto('http://other.example/');
  await expect(page.frameLocator('iframe').getByText('Switchyard')).toHaveCount(0);
});

test('another site reaches nothing, neither with its own Origin nor without', async ({ page, serve }) => {
  const served = await serve(demo);
  await page.route('http://other.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'x' }),
  );
  await page.goto('http://other.example/');
  const outcome = await page.evaluate(
    async ({ origin, code }) => {
      const attempts = [
        fetch(`${origin}/session`, { method: 'POST', body: JSON.stringify({ code }) }),
        fetch(`${origin}/session`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ code }),
        }),
        fetch(`${origin}/events`, { headers: { Authorization: 'Bearer x' } }),
        fetch(`${origin}/`),
      ];
      return (await Promise.allSettled(attempts)).map(({ status }) => status);
    },
    { origin: served.origin, code: served.code },
  );
  expect(outcome).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  // The code was not used up by it.
  expect(await swap(served, served.code)).toContain(' 200 ');
});

test('the code opens one session, from the fragment alone', async ({ serve }) => {
  const served = await serve(demo);
  const refusal = await refusalOf(served);
  expect(refusal).toMatch(/^HTTP\/1\.1 403 /);
  const host = `Host: ${new URL(served.origin).host}`;
  expect(await raw(served, [`GET /?${served.code} HTTP/1.1`, host])).toBe(refusal);
  expect(await raw(served, [`GET /session?code=${served.code} HTTP/1.1`, host])).toBe(refusal);
  expect(await swap(served, `${served.code}x`)).toBe(refusal);
  const granted = await swap(served, served.code);
  expect(granted).toContain(' 200 ');
  expect(granted.toLowerCase()).not.toContain('set-cookie');
  expect(await swap(served, served.code)).toBe(refusal);
  const token = /"token":"([\w-]+)"/.exec(granted)?.[1] ?? 'none';
  expect(served.written()).not.toContain(token);
});

test('whoever asks in another name is told nothing but "refused"', async ({ serve }) => {
  const served = await serve(demo);
  const refusal = await refusalOf(served);
  const { host, port } = new URL(served.origin);
  for (const name of [
    'evil',
    `localhost.evil:${port}`,
    `127.0.0.1.nip.io:${port}`,
    '127.0.0.1',
    `[::]:${port}`,
  ]) {
    expect(await raw(served, ['GET / HTTP/1.1', `Host: ${name}`]), name).toBe(refusal);
  }
  expect(await raw(served, ['GET / HTTP/1.1'])).toBe(refusal);
  expect(await raw(served, ['GET / HTTP/1.1', `Host: ${host}`, 'Host: evil'])).toBe(refusal);
  expect(await raw(served, ['GET http://evil/ HTTP/1.1', `Host: ${host}`])).toBe(refusal);
  for (const origin of [
    'null',
    'http://evil',
    `https://${host}`,
    `http://127.0.0.1:1`,
    served.origin.toUpperCase(),
  ]) {
    expect(await swap(served, served.code, origin), origin).toBe(refusal);
  }
  expect(await raw(served, ['OPTIONS /call HTTP/1.1', `Host: ${host}`, 'Origin: http://evil'])).toBe(refusal);
  expect(
    await raw(served, ['GET /events HTTP/1.1', `Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade']),
  ).toBe(refusal);
});

test('a page that was loaded again says how to get in; Enter in the terminal prints a link that works', async ({
  page,
  serve,
}) => {
  const served = await serve(demo);
  await page.goto(served.link);
  await expect(new HostPage(page).findings).toBeVisible();
  expect(page.url()).toBe(`${served.origin}/`);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Press Enter in the terminal');
  const before = served.written().length;
  served.process.stdin.write('\n');
  await expect.poll(() => served.written().slice(before)).toMatch(/http:\S+#[\w-]+/);
  const fresh = /http:\S+#[\w-]+/.exec(served.written().slice(before))?.[0] ?? '';
  // Another fragment alone would not load the page again.
  await page.goto('about:blank');
  await page.goto(fresh);
  await expect(new HostPage(page).findings).toBeVisible();
});

test('a page whose sessions are ended says so, and keeps what it showed', async ({ page, serve }) => {
  const served = await serve(demo);
  await page.goto(served.link);
  const host = new HostPage(page);
  await expect(host.findings).toBeVisible();
  served.process.stdin.write('e\n');
  await expect(host.alert).toContainText('no session any more');
  await expect(host.findings).toBeVisible();
  await expect(host.lookAgain).toBeDisabled();
});

test('a page whose server is gone says so', async ({ page, serve }) => {
  const served = await serve(demo);
  await page.goto(served.link);
  const host = new HostPage(page);
  await expect(host.findings).toBeVisible();
  served.process.stdin.end();
  expect((await served.ended).code).toBe(0);
  await expect(host.alert).toContainText('does not answer any more');
});
