import { describe, expect, it } from 'vitest';
import type { ScriptReply } from '../../powershell/shell.ts';
import { readReply } from './read-reply.ts';

function replyWith(classes: readonly unknown[], more: Partial<ScriptReply> = {}): ScriptReply {
  const data = [{ At: '2026-01-15T12:00:00.0000000Z', CpuMs: 321.5, Classes: classes }];
  return { data, errors: [], warnings: [], durationMs: 12, ...more };
}

const missing = (id: string, exception = 'Microsoft.Management.Infrastructure.CimException') => ({
  message: 'Not there.',
  id,
  exception,
});

describe('a reply of the sampling scripts', () => {
  it('becomes rows, with counts as exact as JSON can hold them and texts as they are', () => {
    const read = readReply(
      replyWith([
        {
          Class: 'MSiSCSI_SessionStatistics',
          Tick: 99.5,
          Columns: ['InstanceName', 'USID', 'BytesReceived', 'BytesSent'],
          Lines: ['8\t18446744073709551615\t1024\t', 'iqn: ünï_1\t1\t2\t3'],
        },
        {
          Class: 'MPIO_DEVINSTANCE_HEALTH_INFO',
          Tick: 100,
          Columns: [
            'InstanceName',
            'DevInstanceHealthPackets.PathId',
            'DevInstanceHealthPackets.NumberBytesRead',
          ],
          Lines: ['disk a\t5\t10', 'disk a\t6\t20', 'disk b\t5\t30'],
        },
      ]),
      true,
    );
    expect(read).toEqual({
      ok: true,
      value: {
        at: '2026-01-15T12:00:00.0000000Z',
        durationMs: 12,
        cpuMs: 321.5,
        answers: [
          {
            counterClass: 'MSiSCSI_SessionStatistics',
            tickMs: 99.5,
            rows: [
              { Instance: '8', USID: '18446744073709551615', BytesReceived: 1024 },
              { Instance: 'iqn: ünï_1', USID: 1, BytesReceived: 2, BytesSent: 3 },
            ],
          },
          {
            counterClass: 'MPIO_DEVINSTANCE_HEALTH_INFO',
            tickMs: 100,
            rows: [
              {
                Instance: 'disk a',
                DevInstanceHealthPackets: [
                  { PathId: 5, NumberBytesRead: 10 },
                  { PathId: 6, NumberBytesRead: 20 },
                ],
              },
              { Instance: 'disk b', DevInstanceHealthPackets: [{ PathId: 5, NumberBytesRead: 30 }] },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['MPIO_DEVINSTANCE_HEALTH_INFO', 'HRESULT 0x80041010,x', true, 'feature-missing'],
    ['MSiSCSI_SessionStatistics', 'HRESULT 0x80041010,x', true, 'cmdlet-missing'],
    ['MSiSCSI_SessionStatistics', 'HRESULT 0x80041003,x', true, 'access-denied'],
    ['MSiSCSI_SessionStatistics', 'HRESULT 0x80041003,x', false, 'not-elevated'],
    ['Unheard_Of', 'Something,x', true, 'script-error'],
  ])('names why %s is missing: %s', (name, id, isElevated, kind) => {
    const read = readReply(replyWith([{ Class: name, Error: missing(id) }]), isElevated);
    expect(read).toMatchObject({
      ok: true,
      value: { answers: [{ counterClass: name, missing: { kind, message: 'Not there.' } }] },
    });
  });

  it.each([
    ['of another shape', replyWith([{ Class: 'X', Rows: 3 }])],
    ['with nothing in it', { ...replyWith([]), data: [] }],
    ['of a time that is none', { ...replyWith([]), data: [{ At: 'noon', Classes: [] }] }],
  ])('%s is no reading', (_, reply) => {
    expect(readReply(reply, true)).toMatchObject({ ok: false, failure: { kind: 'bad-output' } });
  });

  it('that ended in an error says which', () => {
    const fatal = { message: 'The term is not known.', id: 'CommandNotFoundException' };
    expect(readReply(replyWith([], { fatal }), true)).toMatchObject({
      ok: false,
      failure: { kind: 'cmdlet-missing', message: 'The term is not known.' },
    });
  });
});
