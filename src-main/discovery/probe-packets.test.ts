import { expect, it } from 'vitest';
import type { PacketPair } from '#shared/packet-probe.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { ScriptReply, ScriptRequest, Shell } from '../powershell/shell.ts';
import { probePackets } from './probe-packets.ts';

const readScript = (path: string): string => path;

/** A shell that answers by the other end. */
function shellWith(answer: (to: string) => Result<Partial<ScriptReply>>) {
  const requests: ScriptRequest[] = [];
  let most = 0;
  let atOnce = 0;
  const shell: Shell = {
    facts: () =>
      Promise.resolve(
        succeed({
          version: '5.1',
          languageMode: 'FullLanguage',
          isElevated: true,
          is64Bit: true,
          computerName: 'HV01',
        }),
      ),
    run: async (request) => {
      requests.push(request);
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      const to = request.parameters?.['DestinationAddress'];
      const said = answer(typeof to === 'string' ? to : '');
      return said.ok ? succeed({ data: [], errors: [], warnings: [], durationMs: 5, ...said.value }) : said;
    },
    close: () => Promise.resolve(),
  };
  return { shell, requests, most: () => most };
}

const pair = (to: string, more: Partial<PacketPair> = {}): PacketPair => ({
  from: '10.0.10.11',
  to,
  packetBytes: 9000,
  ...more,
});
const itemTo = (to: string) => ({ SourceAddress: '10.0.10.11', DestinationAddress: to, Echoes: [] });

it('asks for each pair by parameters, three at once, and answers in their order', async () => {
  const { shell, requests, most } = shellWith((to) => succeed({ data: [itemTo(to)] }));
  const told: number[] = [];
  const tos = ['10.0.10.101', '10.0.10.102', '10.0.10.103', '10.0.10.104', '10.0.10.105'];
  const seen = await probePackets(
    shell,
    tos.map((to) => pair(to)),
    { readScript, onProgress: (done) => told.push(done) },
  );
  expect(seen).toMatchObject({ status: 'ok', data: tos.map(itemTo) });
  expect(told).toEqual([1, 2, 3, 4, 5]);
  expect(most()).toBe(3);
  expect(requests[0]).toMatchObject({
    script: 'powershell/probes/Get-PacketProbe.ps1',
    parameters: { SourceAddress: '10.0.10.11', DestinationAddress: '10.0.10.101', PacketBytes: 9000 },
  });
});

it('keeps a pair that is not to be tried, and one that could not be, with the reason', async () => {
  const { shell, requests } = shellWith((to) =>
    to === '10.0.10.102' ? fail('timed-out', 'No answer came in time.') : succeed({ data: [itemTo(to)] }),
  );
  const seen = await probePackets(
    shell,
    [
      pair('10.0.10.101'),
      pair('10.0.10.102'),
      pair('fd00::1', { reason: 'IPv6' }),
      pair('10.0.10.9', { packetBytes: null }),
    ],
    { readScript },
  );
  expect(requests).toHaveLength(2);
  expect(seen.status === 'ok' && seen.data.map((item) => item['Reason'])).toEqual([
    undefined,
    'No answer came in time.',
    'IPv6',
    'size not known',
  ]);
});

it('fails as a whole where not one pair could be tried, and settles when it is cancelled', async () => {
  const { shell } = shellWith(() => fail('exited', 'PowerShell ended.'));
  expect(await probePackets(shell, [pair('10.0.10.101')], { readScript })).toMatchObject({
    status: 'failed',
    error: { kind: 'exited' },
  });
  const abort = new AbortController();
  abort.abort();
  expect(
    await probePackets(shell, [pair('10.0.10.101')], { readScript, signal: abort.signal }),
  ).toMatchObject({
    status: 'failed',
    error: { kind: 'cancelled' },
  });
  const asked = await probePackets(shell, [], { readScript });
  expect(asked).toMatchObject({ status: 'ok', data: [] });
});
