import { describe, expect, it } from 'vitest';
import type { QuestionAnswer } from '#shared/change-command.ts';
import { hostWith } from '../testing/host-with.ts';
import { readSurroundings, surroundingQuestions } from './surroundings.ts';

const absent = (id: string): QuestionAnswer => ({ error: { id, message: 'Not there.' } });

const calm = [
  absent('PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand'),
  absent('PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand'),
  absent('CmdletizationQuery_NotFound_State,Get-NetTCPConnection'),
  absent('CommandNotFoundException'),
  { rows: [{ Status: 'Running' }] },
  { rows: [{ InterfaceIndex: 3, ServerAddresses: ['10.0.0.2', 'fec0:0:0:ffff::1'] }] },
] satisfies readonly QuestionAnswer[];

function with_(read: string, answer: QuestionAnswer) {
  const place = surroundingQuestions.findLastIndex((question) => question.read === read);
  return readSurroundings(calm.with(place, answer), hostWith());
}

describe('the surroundings of a change', () => {
  it('are calm where nothing is there', () => {
    expect(readSurroundings(calm, hostWith())).toMatchObject({
      restartPending: [],
      operatorAddresses: [],
      clusterRoles: [],
      hasScheduler: true,
      dnsServers: new Map([[3, ['10.0.0.2']]]),
    });
  });

  const remote = { LocalAddress: '192.168.1.10', RemoteAddress: '192.168.1.99' };
  it.each([
    ['Remote Desktop', 3389, ['192.168.1.10']],
    ['WinRM', 5985, ['192.168.1.10']],
    ['WinRM over TLS', 5986, ['192.168.1.10']],
    ['SSH, which a browser comes through as well', 22, ['192.168.1.10']],
    ['a share, over which nobody works', 445, []],
  ] as const)('know of %s', (_, LocalPort, addresses) => {
    const found = with_('Get-NetTCPConnection', { rows: [{ ...remote, LocalPort }] });
    expect(found.operatorAddresses).toEqual(addresses);
  });

  it('leave out who works on the host itself', () => {
    const rows = [{ LocalAddress: '127.0.0.1', RemoteAddress: '127.0.0.1', LocalPort: 3389 }];
    expect(with_('Get-NetTCPConnection', { rows }).operatorAddresses).toEqual([]);
  });

  it('know a restart that waits, and the roles that run here', () => {
    expect(with_('Get-ItemProperty', { rows: [{ PSChildName: 'RebootRequired' }] }).restartPending).toEqual([
      'Windows Update installed something',
    ]);
    const rows = [
      { Name: 'VM1', State: 'Online', OwnerNode: 'HV01' },
      { Name: 'VM2', State: 'Online', OwnerNode: 'HV02' },
      { Name: 'Available Storage', State: 'Online', OwnerNode: 'HV01' },
    ];
    expect(with_('Get-ClusterGroup', { rows }).clusterRoles).toEqual(['VM1']);
  });

  it.each(['Get-NetTCPConnection', 'Get-ClusterGroup', 'Get-ItemProperty', 'Get-Service'])(
    'do not take a failure of %s for nothing',
    (read) => {
      const found = with_(read, absent('HRESULT 0x80041003,Failed'));
      const fact = {
        'Get-NetTCPConnection': found.operatorAddresses,
        'Get-ClusterGroup': found.clusterRoles,
        'Get-ItemProperty': found.restartPending,
        'Get-Service': found.hasScheduler,
      }[read];
      expect(fact).toBeUndefined();
    },
  );
});
