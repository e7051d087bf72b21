/** Test-NetConnection: whether a port answers, from the address that Windows chooses or that the call names. */
import { object } from './cim.ts';
import { output, type Command } from './command.ts';
import { isTaken, sourceTowards } from './reach.ts';

const smbPort = 445;

export const netConnectionCommands: Readonly<Record<string, Command>> = {
  'Test-NetConnection': {
    module: 'NetTCPIP',
    since: '2012R2',
    answer: (machine, parameters) => {
      const address = parameters.text('ComputerName') ?? '';
      const byName = { SMB: smbPort, HTTP: 80, RDP: 3389, WINRM: 5985 };
      const word = parameters.text('CommonTCPPort')?.toUpperCase();
      const named = Object.entries(byName).find(([name]) => name === word)?.[1];
      const port = Number(parameters.text('Port') ?? named ?? 0);
      const source = sourceTowards(machine, address, parameters.text('ConstrainSourceAddress'));
      const { scenario } = machine;
      const isOpen =
        (scenario.iscsi?.targets ?? []).some((target) =>
          target.portals.some((text) => text === address || text === `${address}:${port}`),
        ) ||
        (port === smbPort &&
          (scenario.smb?.servers ?? []).some((server) =>
            server.interfaces.some((entry) => entry.address === address),
          ));
      const isReached = source !== undefined && isOpen;
      const answers = source !== undefined && isTaken(machine, address);
      if (parameters.text('InformationLevel')?.toLowerCase() === 'quiet') {
        return output(port === 0 ? answers : isReached);
      }
      return {
        ...output(
          object('TestNetConnectionResult', {
            ComputerName: address,
            RemoteAddress: address,
            RemotePort: port,
            InterfaceAlias: source?.interface.name ?? '',
            SourceAddress: source?.prefix.address ?? '',
            PingSucceeded: answers,
            TcpTestSucceeded: port !== 0 && isReached,
          }),
        ),
        ...(port !== 0 && !isReached ? { warnings: [`TCP connect to (${address} : ${port}) failed`] } : {}),
      };
    },
  },
};
