/** Larger frames at the adapters under storage interfaces that send them, one after the other, and then a probe. */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand } from '#shared/change-command.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Adapter } from '#shared/host/host-model.ts';
import { parseIp } from '../../path-graph/ip.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { memberAdapters, teamUnder, wayOut, type HostInterface } from '../../path-graph/walks.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue, interfacesMeant } from '../interface-values.ts';

/** Standard keyword of network drivers; which values it takes is the maker's. */
const keyword = '*JumboPacket';

const ethernetHeaderBytes = 14;
/** The headers of IPv4 and of an ICMP echo. */
const echoHeadBytes = 28;
const standardPacketBytes = 1500;

function frameOf({ snapshot: { readings } }: FixFacts, name: string): string | undefined {
  const { NetAdapterAdvancedProperty } = readings;
  return NetAdapterAdvancedProperty.status === 'ok'
    ? NetAdapterAdvancedProperty.records.find(
        (one) => nameKey(one.name) === nameKey(name) && nameKey(one.registryKeyword) === nameKey(keyword),
      )?.registryValue[0]
    : undefined;
}

function packetOf({ snapshot: { readings } }: FixFacts, { interfaceIndex }: HostInterface): number {
  const { NetIPInterface } = readings;
  const rows = NetIPInterface.status === 'ok' ? NetIPInterface.records : [];
  return Math.max(
    0,
    ...rows
      .filter((row) => row.interfaceIndex === interfaceIndex && row.family === 'IPv4')
      .map(({ mtuBytes }) => mtuBytes ?? 0),
  );
}

interface Route {
  readonly found: HostInterface;
  /** Bytes of the packets that it sends. */
  readonly packet: number;
  readonly adapters: readonly Adapter[];
}

function adaptersUnder({ model }: FixFacts, found: HostInterface): readonly Adapter[] {
  if (found.kind === 'adapter') return [found];
  const team = teamUnder(model, found);
  return team === undefined ? wayOut(model, found).adapters : memberAdapters(model, team);
}

/** Interfaces of the finding that send large packets, with what carries them. */
function routes(request: FixRequest): readonly Route[] {
  return interfacesMeant(request).flatMap((found): Route[] => {
    const packet = packetOf(request, found);
    const adapters = adaptersUnder(request, found);
    return packet > standardPacketBytes ? [{ found, packet, adapters }] : [];
  });
}

interface Small {
  readonly adapter: Adapter;
  readonly before: string;
}

/** Adapters that take less than is sent over them, each once. */
function tooSmall(request: FixRequest): readonly Small[] {
  const found = new Map<string, Small>();
  for (const { packet, adapters } of routes(request)) {
    for (const adapter of adapters) {
      const before = frameOf(request, adapter.name);
      if (before !== undefined && Number(before) < packet) found.set(adapter.id, { adapter, before });
    }
  }
  return [...found.values()];
}

function largest(request: FixRequest): number {
  return Math.max(0, ...routes(request).map(({ packet }) => packet));
}

/** What adapters beside these have that take such frames, else as most makers count: with the header of Ethernet. */
function proposedFrame(request: FixRequest): string {
  const packet = largest(request);
  const counted = request.model.adapters.flatMap(({ name, role }) => {
    const frame = role === 'physical' ? frameOf(request, name) : undefined;
    return frame !== undefined && Number(frame) >= packet ? [frame] : [];
  });
  return counted[0] ?? String(packet + ethernetHeaderBytes);
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
}

/** From each address of these interfaces to each end of storage that it talks to, once. */
function pairs(request: FixRequest): readonly Pair[] {
  const all = new Map<string, Pair>();
  const add = (from: string | undefined, to: string | undefined, bytes: number): void => {
    if (from === undefined || to === undefined || parseIp(from)?.family !== 'IPv4') return;
    all.set(`${from} ${to}`, { from, to, bytes });
  };
  for (const { found, packet } of routes(request)) {
    for (const { connections } of request.model.sessions) {
      for (const { interfaceId, localAddress, targetAddress } of connections) {
        if (interfaceId === found.id) add(localAddress, targetAddress, packet - echoHeadBytes);
      }
    }
    for (const { channels } of request.model.smbServers) {
      for (const { clientInterfaceId, clientIpAddress, serverIpAddress, isSelected } of channels) {
        if (isSelected && clientInterfaceId === found.id) {
          add(clientIpAddress, serverIpAddress, packet - echoHeadBytes);
        }
      }
    }
  }
  return [...all.values()];
}

/** A session that was connected and no longer is, in one sentence. */
function lostSession({ model: before }: FixFacts, { model: now }: FixFacts): string | undefined {
  const lost = before.sessions.find(
    ({ id, isConnected }) =>
      isConnected === true && now.sessions.find((one) => one.id === id)?.isConnected !== true,
  );
  return lost === undefined ? undefined : `The session ${lost.name} is not connected.`;
}

function setFrame({ adapter }: Small, value: string): ChangeCommand {
  return {
    cmdlet: 'Set-NetAdapterAdvancedProperty',
    parameters: { Name: adapterValue(adapter), RegistryKeyword: keyword, RegistryValue: value },
  };
}

/** Skipped where it is so, since each setting starts the adapter anew. */
function setBack(small: Small): ChangeCommand {
  return {
    ...setFrame(small, small.before),
    unless: {
      question: {
        read: 'Get-NetAdapterAdvancedProperty',
        where: [
          { property: 'Name', is: small.adapter.name },
          { property: 'RegistryKeyword', is: keyword },
          { property: 'RegistryValue', is: small.before },
        ],
      },
      isThere: true,
    },
  };
}

function frameStep(request: FixRequest, small: Small, value: string): Step {
  const { adapter, before } = small;
  return {
    title: `${adapter.name} takes frames of ${value} bytes; it starts anew for that.`,
    commands: [setFrame(small, value)],
    changes: [{ of: entityOf(adapter), property: keyword, before, after: value }],
    impact: 'link',
    takesDown: [adapter.id],
    verify: {
      says: `${keyword} is ${value} at ${adapter.name}, the adapter is up, and the sessions are connected.`,
      observations: [
        'NetAdapter',
        'NetAdapterAdvancedProperty',
        'NetIPAddress',
        'IscsiSession',
        'IscsiConnection',
        'IscsiTarget',
      ],
      settleSeconds: 90,
      differs: (now) => {
        const frame = frameOf(now, adapter.name);
        if (frame !== value) return `${keyword} is ${frame ?? 'not known'} at ${adapter.name}.`;
        const isUp = now.model.adapters.find(({ id }) => id === adapter.id)?.isUp;
        return isUp === true ? lostSession(request, now) : `${adapter.name} is not up.`;
      },
    },
    undo: [setBack(small)],
  };
}

/** A small echo first: where that is not answered, echoes are blocked and the large one would prove nothing. */
function probeStep(request: FixRequest, all: readonly Pair[], last: Small): Step {
  const ends = all.map(({ from, to }) => `${from} to ${to}`).join(', ');
  return {
    title: `Packets of full size are sent in one piece from ${ends}, after small ones; where the small ones are not answered already, echoes are blocked there and the size cannot be proven so.`,
    commands: all.flatMap(({ from, to, bytes }) => [
      { program: 'ping', arguments: ['-n', '2', '-S', from, to] },
      { program: 'ping', arguments: ['-f', '-n', '2', '-l', String(bytes), '-S', from, to] },
    ]),
    changes: [],
    impact: 'none',
    verify: {
      says: 'Each of them was answered, and the sessions are connected.',
      observations: ['NetAdapter', 'NetIPAddress', 'IscsiSession', 'IscsiConnection', 'IscsiTarget'],
      differs: (now) => lostSession(request, now),
    },
    undo: [setBack(last)],
  };
}

export const fix = defineFix({
  id: 'jumbo-along-route',
  title: 'Let the adapters take the packets that storage sends',
  impact: 'link',
  needs: ['NetAdapter', 'NetIPInterface', 'NetAdapterAdvancedProperty', 'NetIPAddress'],
  order: 74,
  precheck: (request): readonly Refusal[] =>
    tooSmall(request).length > 0
      ? []
      : [
          {
            reason: 'does-not-fit',
            message: 'No adapter under these interfaces is known to take too small frames.',
            remedy: 'Look again; where an interface sends more than it should, set it back to 1500.',
          },
        ],
  choices: (request) => {
    const packet = largest(request);
    return [
      {
        id: 'frame',
        question: `Which value shall ${keyword} have?`,
        type: 'number',
        proposal: proposedFrame(request),
        because:
          'Most makers count 9014 for packets of 9000 bytes. Which values a driver takes is told by ValidRegistryValues of Get-NetAdapterAdvancedProperty; one that it does not take is refused, and all is set back. Physical switch and array have to take the size before.',
        check: (value) =>
          Number(value) >= packet && Number(value) < 65_536
            ? undefined
            : `It has to be ${packet} at least: that is what is sent.`,
      },
      ...(pairs(request).length === 0
        ? []
        : [
            {
              id: 'probe',
              question: 'Do the ends of storage answer echoes (ping)?',
              type: 'one-of' as const,
              options: [
                { value: 'yes', label: 'Yes: prove the size from end to end' },
                { value: 'no', label: 'No, they are blocked: do without the proof' },
              ],
              proposal: 'yes',
              because: 'Where one of them does not answer, all is set back.',
            },
          ]),
    ];
  },
  plan: (request): readonly Step[] => {
    const value = request.answers['frame'];
    const small = tooSmall(request);
    const last = small.at(-1);
    if (typeof value !== 'string' || last === undefined) return [];
    const all = request.answers['probe'] === 'yes' ? pairs(request) : [];
    return [
      ...small.map((one) => frameStep(request, one, value)),
      ...(all.length === 0 ? [] : [probeStep(request, all, last)]),
    ];
  },
});
