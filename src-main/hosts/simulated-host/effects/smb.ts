/** The changing cmdlets of the SmbShare module, on the side of the client. */
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { nothingFound } from '../errors.ts';
import type { ScenarioSmb } from '../scenario.ts';
import { changing, nothing, ofCim, refused, select, should, systemError, textOf } from './changing.ts';
import { rowsAfter } from './iscsi.ts';

const smbShare = changing({ module: 'SmbShare' });

function smbOf({ machine }: Situation): ScenarioSmb {
  return machine.scenario.smb ?? { servers: [] };
}

function setClient(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  if (!parameters.has('EnableMultiChannel')) return nothing;
  const isMultichannelEnabled = parameters.flag('EnableMultiChannel');
  return { scenario: { ...machine.scenario, smb: { ...smbOf(situation), isMultichannelEnabled } } };
}

function newConstraint(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const server = parameters.text('ServerName') ?? '';
  const smb = smbOf(situation);
  const wanted = parameters.texts('InterfaceAlias') ?? parameters.texts('InterfaceIndex') ?? [];
  const isByIndex = !parameters.has('InterfaceAlias');
  const constraints = [...(smb.constraints ?? [])];
  for (const text of wanted) {
    const adapter = machine.network.interfaces.find((entry) =>
      isByIndex ? String(entry.index) === text : entry.name.toLowerCase() === text.toLowerCase(),
    );
    if (adapter === undefined) {
      return refused(
        nothingFound('MSFT_NetAdapter', isByIndex ? 'InterfaceIndex' : 'InterfaceAlias', text, command),
      );
    }
    const isThere = constraints.some(
      (entry) =>
        entry.server.toLowerCase() === server.toLowerCase() &&
        entry.interface.toLowerCase() === adapter.name.toLowerCase(),
    );
    if (isThere)
      return refused(systemError(183, 'Cannot create a file when that file already exists.', command));
    constraints.push({ server, interface: adapter.name });
  }
  return {
    scenario: { ...machine.scenario, smb: { ...smb, constraints } },
    output: rowsAfter('MSFT_SmbMultichannelConstraint', (text) => text('ServerName') === server),
  };
}

/** Without an interface all constraints of the server go. */
function removeConstraint(situation: Situation): Outcome {
  const { machine } = situation;
  const { rows, errors } = select(situation, 'MSFT_SmbMultichannelConstraint', [
    'ServerName',
    'InterfaceIndex',
    'InterfaceAlias',
  ]);
  const gone = new Set(rows.map((row) => `${textOf(row, 'ServerName')}|${textOf(row, 'InterfaceAlias')}`));
  const smb = smbOf(situation);
  const constraints = (smb.constraints ?? []).filter((entry) => {
    const name = machine.network.interfaceNamed(entry.interface)?.name ?? entry.interface;
    return !gone.has(`${entry.server}|${name}`);
  });
  return { scenario: { ...machine.scenario, smb: { ...smb, constraints } }, errors };
}

/** SMB chooses its pairs anew; those that failed stay away. */
function updateConnections(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const smb = smbOf(situation);
  const name = parameters.text('ServerName')?.toLowerCase();
  const servers = smb.servers.map((server) => {
    if (name !== undefined && server.name.toLowerCase() !== name) return server;
    const { selected: _, ...others } = server;
    return others;
  });
  return { scenario: { ...machine.scenario, smb: { ...smb, servers } } };
}

const general = `${ofCim} ${should} Force`;

export const smbChanges: Readonly<Record<string, ChangingCommand>> = {
  // The other settings are as Windows has them, and stay so.
  'Set-SmbClientConfiguration': smbShare(`${general} EnableMultiChannel`, setClient, { asks: true }),
  'Update-SmbMultichannelConnection': smbShare(`${ofCim} ServerName`, updateConnections),
  'New-SmbMultichannelConstraint': smbShare(
    `${general} InterfaceAlias InterfaceIndex ServerName`,
    newConstraint,
    { asks: true },
  ),
  'Remove-SmbMultichannelConstraint': smbShare(
    `${general} InputObject InterfaceAlias InterfaceIndex PassThru ServerName`,
    removeConstraint,
    { asks: true },
  ),
};
