import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { resourcePath } from '../../platform/resources.ts';
import { scenarioWith } from '../../testing/host-with.ts';
import { HostClock } from './clock.ts';
import { answerLine, createHostServer } from './serve.ts';
import { createSimulatedHost } from './simulated-host.ts';

const script = fileURLToPath(new URL('serve.ts', import.meta.url));

describe('one line in, one answer out', () => {
  const host = createSimulatedHost(scenarioWith({ windows: { release: '2012R2' }, isElevated: false }));

  test('commands come with their modules, the release and its PowerShell', () => {
    expect(answerLine(host, '{"kind":"commands"}')).toMatchObject({
      release: '2012R2',
      psVersion: '4.0',
      isElevated: false,
      commands: expect.arrayContaining([{ name: 'Get-NetAdapter', module: 'NetAdapter' }]) as unknown,
    });
  });

  test('calls are answered and counted', () => {
    const call = { kind: 'call', call: { name: 'Get-NetAdapter', parameters: { Name: 'NIC1' } } };
    expect(answerLine(host, JSON.stringify(call))).toMatchObject({ errors: [], output: [{ $: 'object' }] });
    expect(answerLine(host, '{"kind":"counts"}')).toEqual({ counts: { 'Get-NetAdapter': 1 } });
    expect(answerLine(host, '{"kind":"reset-counts"}')).toEqual({ counts: {} });
  });

  test.each([
    '{"kind":"nothing"}',
    '{"kind":"call"}',
    '{"kind":"call","call":{"name":"X","parameters":3}}',
    '[]',
    '{',
  ])('%s is answered with a protocol error', (line) => {
    expect(answerLine(host, line)).toHaveProperty('protocolError');
  });
});

describe('what a served host is told beside calls', () => {
  const clock = new HostClock();
  const host = createSimulatedHost(scenarioWith(), { now: clock.now });
  const ask = (request: object) =>
    answerLine(host, JSON.stringify(request), clock) as Record<string, unknown>;

  test('the clock stands where it was set, and moves when it is moved', () => {
    expect(ask({ kind: 'clock', now: 1000 })).toEqual({ now: 1000 });
    expect(ask({ kind: 'clock', advance: 500 })).toEqual({ now: 1500 });
    expect(ask({ kind: 'clock' })).toEqual({ now: 1500 });
  });

  test('a change lasts, and the state tells it', () => {
    const { state: before } = ask({ kind: 'state' });
    ask({ kind: 'call', call: { name: 'Set-NetAdapter', parameters: { Name: '*', VlanID: 9 } } });
    expect(ask({ kind: 'state' })['state']).not.toEqual(before);
    expect(ask({ kind: 'scenario' })).toMatchObject({ scenario: { adapters: [{ vlanId: 9 }] } });
    expect(ask({ kind: 'restart' })).toEqual({ restarts: 1 });
  });

  test('a fault is one of a kind, for the next call or until it is taken back', () => {
    const call = { kind: 'call', call: { name: 'Set-NetAdapter', parameters: { Name: 'NIC1', VlanID: 3 } } };
    expect(ask({ kind: 'inject', fault: { command: 'Set-NetAdapter', kind: 'slow' } })).toHaveProperty(
      'protocolError',
    );
    ask({ kind: 'inject', fault: { command: 'set-netadapter', kind: 'error' } });
    expect(ask(call)['errors']).toHaveLength(1);
    ask({ kind: 'inject', fault: { command: 'Set-NetAdapter', kind: 'hang' } });
    ask({ kind: 'clear-faults' });
    expect(ask(call)).toEqual({ output: [], errors: [] });
  });
});

test('an answer that is lost ends the connection', async () => {
  const host = createSimulatedHost(scenarioWith());
  host.inject({ command: 'Get-NetAdapter', kind: 'lost' });
  const server = createHostServer(host);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('{"kind":"call","call":{"name":"Get-NetAdapter"}}\n');
  let got = '';
  socket.on('data', (chunk: Buffer) => (got += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(got).toBe('');
  server.close();
  await once(server, 'close');
});

test('several requests of one connection are answered in order', async () => {
  const server = createHostServer(createSimulatedHost(scenarioWith()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('{"kind":"counts"}\n{"kind":"x"}\r\n{"kind":"commands"}\n');
  const answers: object[] = [];
  for await (const line of createInterface({ input: socket })) {
    answers.push(JSON.parse(line) as object);
    if (answers.length === 3) break;
  }
  expect(answers.map((answer) => Object.keys(answer)[0])).toEqual(['counts', 'protocolError', 'commands']);
  socket.destroy();
  server.close();
  await once(server, 'close');
});

describe('as a process of its own', () => {
  test('prints its address first and ends with its parent', async () => {
    const child = spawn(process.execPath, [script, resourcePath('scenarios/empty.json')]);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(line).toMatch(/^listening 127\.0\.0\.1:\d+$/);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('refuses a file that is no scenario', async () => {
    const child = spawn(process.execPath, [script, resourcePath('scenarios/nothing.json')]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toContain('nothing.json');
  });
});
