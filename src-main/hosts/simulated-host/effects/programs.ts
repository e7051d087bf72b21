/** Programs of Windows: iscsicli, in English whatever the language, and ping, whose answers are in that of Windows. */
import type { CmdletValue } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { explicitScenario } from '../explicit.ts';
import { echoTo } from '../packet-echoes.ts';
import { captionsOf } from '../release.ts';
import type { ScenarioLogin } from '../scenario.ts';
import { parsePortal, softwareInitiator } from '../storage-layout.ts';
import { refused } from './changing.ts';
import { iscsiError } from './iscsi-errors.ts';
import { withPersistence } from './iscsi-sessions.ts';

function linesOf(...lines: readonly string[]): Outcome {
  return { output: () => lines };
}

const head = 'Microsoft iSCSI Initiator Version 10.0';
const done = 'The operation completed successfully.';

function listed(login: ScenarioLogin): string[] {
  const { address, port } = parsePortal(login.to);
  return [
    `    Target Name           : ${login.iqn}`,
    `    Address and Socket    : ${address} ${port}`,
    '    Session Type          : Data',
    `    Initiator Name        : ${login.initiatorInstance ?? softwareInitiator}`,
    '    Port Number           : <Any Port>',
    '    Security Flags        : 0x0',
    '    Version               : 0',
    '    Information Specified : 0x20',
    `    Login Flags           : 0x${login.isMultipath ? 2 : 0}`,
    `    Username              : ${login.chap?.username ?? ''}`,
    '',
  ];
}

/** One call removes one entry, also where several are the same. */
function removePersistent(situation: Situation, words: readonly string[]): Outcome {
  const [initiator = '', iqn = '', , address = '', port = ''] = words;
  const scenario = explicitScenario(situation.machine);
  const place = scenario.iscsi.logins.findIndex((login) => {
    const portal = parsePortal(login.to);
    return (
      (login.initiatorInstance ?? softwareInitiator).toLowerCase() === initiator.toLowerCase() &&
      login.iqn.toLowerCase() === iqn.toLowerCase() &&
      portal.address === address &&
      String(portal.port) === port
    );
  });
  if (place < 0) return refused(iscsiError('targetUnknown', 'iscsicli.exe'));
  const logins = scenario.iscsi.logins.filter((_, index) => index !== place);
  return {
    scenario: { ...scenario, iscsi: withPersistence({ ...scenario.iscsi, logins }) },
    output: () => [head, '', done],
  };
}

function iscsicli(situation: Situation): Outcome {
  const [word = '', ...words] = situation.parameters.list('arguments').map(String);
  const { logins } = explicitScenario(situation.machine).iscsi;
  switch (word.toLowerCase()) {
    case 'listpersistenttargets':
      return linesOf(
        head,
        '',
        ...(logins.length === 0
          ? ['There are no persistent targets.']
          : [`Total of ${logins.length} persistent targets`, ...logins.flatMap(listed)]),
        done,
      );
    case 'removepersistenttarget':
      return removePersistent(situation, words);
    default:
      return refused({
        message: `The command ${word} is not known.`,
        id: 'NativeCommandFailed',
        category: 'InvalidArgument',
        terminating: false,
      });
  }
}

interface Ping {
  readonly address: string;
  readonly from?: string;
  readonly size: number;
  readonly count: number;
  readonly mustNotFragment: boolean;
}

function readPing(words: readonly string[]): Ping {
  let ping: Ping = { address: '', size: 32, count: 4, mustNotFragment: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === '-f') ping = { ...ping, mustNotFragment: true };
    else if (word === '-4' || word === '-6') continue;
    else if (word.startsWith('-')) {
      at += 1;
      if (word === '-l') ping = { ...ping, size: Number(next) };
      if (word === '-n') ping = { ...ping, count: Number(next) };
      if (word === '-S') ping = { ...ping, from: next };
    } else ping = { ...ping, address: word };
  }
  return ping;
}

function ping({ machine, parameters }: Situation): Outcome {
  const asked = readPing(parameters.list('arguments').map(String));
  const echo = echoTo(machine, asked);
  const words = captionsOf(machine.scenario.windows.language ?? 'en-US').ping;
  const own = echo.own ?? asked.from ?? '';
  const replies = {
    'no-source': words.failure,
    // An answer of the host itself, and a packet received all the same.
    unreachable: words.unreachable.replace('{own}', own),
    'too-large': words.tooLarge,
    silent: words.timedOut,
    answered: words.reply.replace('{address}', asked.address).replace('{size}', String(asked.size)),
  };
  const isReceived = echo.result === 'answered' || echo.result === 'unreachable';
  const received = isReceived ? asked.count : 0;
  const lost = asked.count - received;
  const lines: CmdletValue[] = [
    '',
    `Pinging ${asked.address} ${asked.from === undefined ? '' : `from ${asked.from} `}with ${asked.size} bytes of data:`,
    ...Array.from({ length: asked.count }, () => replies[echo.result]),
    '',
    `Ping statistics for ${asked.address}:`,
    `    Packets: Sent = ${asked.count}, Received = ${received}, Lost = ${lost} (${Math.round((lost / asked.count) * 100)}% loss),`,
  ];
  return { output: () => lines, exitCode: received === 0 ? 1 : 0 };
}

const program = { module: '', takes: 'arguments' } as const;

export const programChanges: Readonly<Record<string, ChangingCommand>> = {
  'iscsicli.exe': { ...program, isProtected: true, needs: 'msiscsi', change: iscsicli },
  'ping.exe': { ...program, change: ping },
};
