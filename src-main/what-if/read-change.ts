/** Changes as people type them: `adapter:NIC2` to fail, `session:10.0.0.1,10.0.1.1` to add. */
import { readBitsPerSecond } from '#shared/units.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Change, FailableKind } from '#shared/what-if.ts';
import { nameKey } from '../path-graph/joins.ts';
import { failableThings, type Thing } from './things.ts';

export type ReadChange =
  | { readonly change: Change }
  | {
      readonly wrong: string;
      /** What could have been meant, as it can be typed. */
      readonly candidates: readonly string[];
    };

const kindWords: Readonly<Record<string, readonly FailableKind[]>> = {
  adapter: ['adapter'],
  nic: ['adapter'],
  member: ['adapter'],
  team: ['team'],
  'team-nic': ['team-nic'],
  vswitch: ['vswitch'],
  vnic: ['vnic'],
  address: ['address'],
  session: ['session'],
  connection: ['connection'],
  portal: ['target-portal'],
  target: ['target'],
  channel: ['channel'],
  path: ['path'],
};

/** The word before the first colon, where it is one that means a kind; names have colons too. */
function splitKind(
  text: string,
  words: readonly string[],
): { readonly word?: string; readonly rest: string } {
  const colon = text.indexOf(':');
  const word = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
  return words.includes(word) ? { word, rest: text.slice(colon + 1).trim() } : { rest: text.trim() };
}

/** Other names that people know a thing by: a vNIC's in Hyper-V, a portal's address, the two ends of a session. */
function otherNames(model: HostModel, { id, kind }: Thing): readonly string[] {
  switch (kind) {
    case 'vnic':
      return model.vnics.flatMap((vnic) => (vnic.id === id ? [vnic.vnicName] : []));
    case 'target-portal':
      return model.targetPortals.flatMap((portal) => (portal.id === id ? [portal.address] : []));
    case 'target':
      return model.smbServers.flatMap((server) => (server.id === id ? server.aliases : []));
    case 'session':
      return model.sessions.flatMap((session) =>
        session.id === id
          ? session.connections.flatMap(({ localAddress, targetAddress }) =>
              localAddress === undefined || targetAddress === undefined
                ? []
                : [`${localAddress},${targetAddress}`],
            )
          : [],
      );
    case 'adapter':
    case 'team':
    case 'team-nic':
    case 'vswitch':
    case 'address':
    case 'connection':
    case 'channel':
    case 'path':
      return [];
  }
}

const typedKind: Readonly<Partial<Record<FailableKind, string>>> = { 'target-portal': 'portal' };

function asTyped(model: HostModel, thing: Thing, isAlone: boolean): string {
  const [other] = thing.kind === 'session' ? otherNames(model, thing) : [];
  return isAlone ? `${typedKind[thing.kind] ?? thing.kind}:${other ?? thing.name}` : thing.id;
}

function named(model: HostModel, text: string, among: readonly Thing[]): readonly Thing[] {
  const key = nameKey(text);
  const isNamed = (names: readonly string[]): boolean => names.some((name) => nameKey(name) === key);
  const exact = among.filter((thing) => isNamed([thing.name, thing.id]));
  return exact.length > 0 ? exact : among.filter((thing) => isNamed(otherNames(model, thing)));
}

/** `NAME` or `KIND:NAME`; the name is taken as it stands, commas and colons included. An id of the model is a name too. */
export function readFailure(text: string, model: HostModel): ReadChange {
  const { word, rest } = splitKind(text, Object.keys(kindWords));
  const all = [...failableThings(model).values()];
  const kinds = word === undefined ? undefined : kindWords[word];
  const among = kinds === undefined ? all : all.filter(({ kind }) => kinds.includes(kind));
  // A name may begin with a word that means a kind.
  const found = [
    ...new Map(
      [...named(model, rest, among), ...named(model, text.trim(), all)].map((thing) => [thing.id, thing]),
    ).values(),
  ];
  const [only, another] = found;
  if (only !== undefined && another === undefined) return { change: { change: 'fail', id: only.id } };
  const isTold = new Set(found.map(({ kind }) => kind)).size === found.length;
  return only === undefined
    ? {
        wrong: `Nothing that can fail is called "${rest}"${word === undefined ? '' : ` among what "${word}" means`}.`,
        candidates: among.map((thing) => asTyped(model, thing, true)),
      }
    : {
        wrong: `"${rest}" can mean ${found.length} things.`,
        candidates: found.map((thing) => asTyped(model, thing, isTold)),
      };
}

/** Parts between commas; `\,` is a comma and `\\` a backslash inside one. */
function splitParts(text: string): readonly string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\[\\,]|[^]/g)) {
    if (token === ',') parts.push('');
    else parts.push((parts.pop() ?? '') + (token.length === 2 ? token.charAt(1) : token));
  }
  return parts.map((part) => part.trim());
}

function readPrefix(text: string): { readonly address: string; readonly prefixLength: number } | undefined {
  const [, address, length] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  return address === undefined || length === undefined
    ? undefined
    : { address, prefixLength: Number(length) };
}

const additionForms = [
  'session:INITIATOR,PORTAL[,TARGET]',
  'nic:NAME,TEAM-OR-VSWITCH[,SPEED]',
  'nic:NAME,ADDRESS/PREFIX[,SPEED]',
  'vnic:NAME,VSWITCH,ADDRESS/PREFIX',
  'portal:ADDRESS[:PORT][,TARGET]',
] as const;

function idNamed(model: HostModel, text: string, kinds: readonly FailableKind[]): string | ReadChange {
  const among = [...failableThings(model).values()].filter(({ kind }) => kinds.includes(kind));
  const found = named(model, text, among);
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only.id;
  return {
    wrong:
      only === undefined
        ? `The host has no "${text}" of that kind.`
        : `"${text}" can mean ${found.length} things.`,
    candidates: among.map(({ name }) => name.replaceAll(/[\\,]/g, '\\$&')),
  };
}

const wrongForm = (what: string): ReadChange => ({ wrong: what, candidates: [...additionForms] });

/** One of `additionForms`. Names stand as Windows shows them, with `\,` for a comma in them. */
export function readAddition(text: string, model: HostModel): ReadChange {
  const { word, rest } = splitKind(text, ['session', 'nic', 'adapter', 'vnic', 'portal']);
  const [first = '', second, third, ...more] = splitParts(rest);
  if (word === undefined || first === '' || more.length > 0)
    return wrongForm(`"${text}" is nothing that can be added.`);
  const target = (name: string | undefined): { readonly targetId?: string } | ReadChange => {
    if (name === undefined) return {};
    const id = idNamed(model, name.replace(/^target=/i, ''), ['target']);
    return typeof id === 'string' ? { targetId: id } : id;
  };
  switch (word) {
    case 'session': {
      if (second === undefined) return wrongForm('A session needs an initiator address and a portal.');
      const meant = target(third);
      if ('wrong' in meant || 'change' in meant) return meant;
      return { change: { change: 'add-session', initiatorAddress: first, portalAddress: second, ...meant } };
    }
    case 'portal': {
      const [, address, port] = /^\[?([0-9a-f.:]+?)\]?(?:(?<=\]|^[\d.]+):(\d{1,5}))?$/i.exec(first) ?? [];
      const meant = target(second);
      if (address === undefined || third !== undefined) return wrongForm(`"${first}" is no portal.`);
      if ('wrong' in meant || 'change' in meant) return meant;
      return {
        change: {
          change: 'add-portal',
          address,
          ...(port !== undefined && { port: Number(port) }),
          ...meant,
        },
      };
    }
    case 'vnic': {
      const address = readPrefix(third ?? '');
      if (second === undefined || address === undefined) {
        return wrongForm('A vNIC needs a vSwitch and an address with a prefix length.');
      }
      const vswitchId = idNamed(model, second, ['vswitch']);
      if (typeof vswitchId !== 'string') return vswitchId;
      return { change: { change: 'add-vnic', name: first, vswitchId, ...address } };
    }
    default: {
      const speed = third === undefined ? undefined : readBitsPerSecond(third);
      if (second === undefined || (third !== undefined && speed === undefined)) {
        return wrongForm(
          'A NIC needs a team, a vSwitch or an address with a prefix length, and perhaps a speed such as 10G.',
        );
      }
      const address = readPrefix(second);
      const memberOf = address === undefined ? idNamed(model, second, ['team', 'vswitch']) : undefined;
      if (memberOf !== undefined && typeof memberOf !== 'string') return memberOf;
      return {
        change: {
          change: 'add-nic',
          name: first,
          ...(speed !== undefined && { bitsPerSecond: speed }),
          to: address ?? { memberOf: memberOf ?? '' },
        },
      };
    }
  }
}
