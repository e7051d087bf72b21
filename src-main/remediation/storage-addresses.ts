/** Addresses that a fix gives to an interface of storage: which are free, and the step that sets one. */
import type { Entity, IscsiTarget } from '#shared/host/host-model.ts';
import type { FoundValue, Question } from '#shared/change-command.ts';
import type { Change } from '#shared/what-if.ts';
import { ipKey, networkBits, parseIp, prefixContains, prefixOf } from '../path-graph/ip.ts';
import { nameKey } from '../path-graph/joins.ts';
import { interfacesOf, portalById } from '../path-graph/walks.ts';
import type { AskedChoice, FixFacts, Step } from './define-fix.ts';
import { indexNamed } from './interface-values.ts';

/** Windows looks for another owner of a new address for some seconds before it uses it. */
const settleSeconds = 30;

/** As Windows names the adapter of a new vNIC. */
export function vnicAdapter(name: string): string {
  return `vEthernet (${name})`;
}

/** The number of a vNIC that is still to be made, by the name that Windows gives its adapter. */
export function indexOfVNic(name: string): FoundValue {
  return indexNamed(vnicAdapter(name));
}

export interface OwnAddress {
  readonly address: string;
  readonly prefixLength: number;
}

/** `10.0.10.12/24`, IPv4; undefined where it is none, or that of a network or of all its hosts. */
export function readAddress(text: string): OwnAddress | undefined {
  const [, address = '', lengthText = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text.trim()) ?? [];
  const prefixLength = Number(lengthText);
  const ip = parseIp(address);
  if (ip === undefined || prefixLength < 1 || prefixLength > 30) return undefined;
  const hosts = (1n << BigInt(32 - prefixLength)) - 1n;
  const host = ip.bits & hosts;
  return host === 0n || host === hosts ? undefined : { address, prefixLength };
}

/** Addresses that somebody holds, as far as this host knows: its own, portals, and next hops. */
function knownAddresses({ model, snapshot }: FixFacts): ReadonlySet<string> {
  const { NetRoute } = snapshot.readings;
  const routes = NetRoute.status === 'ok' ? NetRoute.records : [];
  return new Set(
    [
      ...model.addresses.map(({ ipAddress }) => ipAddress),
      ...model.targetPortals.map(({ address }) => address),
      ...routes.flatMap(({ nextHop }) => nextHop ?? []),
    ].map(ipKey),
  );
}

function textOf(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
}

/** Addresses after one of this host, in its subnet, that nobody is known to hold; fewer where the subnet ends. */
export function freeAddressesAfter(facts: FixFacts, from: OwnAddress, count: number): readonly string[] {
  const ip = parseIp(from.address);
  const subnet = prefixOf(from.address, from.prefixLength);
  if (ip?.family !== 'IPv4' || subnet === undefined) return [];
  const held = knownAddresses(facts);
  const free: string[] = [];
  for (let bits = ip.bits + 1n; free.length < count; bits += 1n) {
    if (networkBits({ family: 'IPv4', bits }, from.prefixLength) !== subnet.network) break;
    const text = `${textOf(bits)}/${from.prefixLength}`;
    if (readAddress(text) !== undefined && !held.has(ipKey(textOf(bits)))) free.push(text);
  }
  return free;
}

/** Addresses of the targets' portals in the subnet of an address. */
export function portalsBeside(
  { model }: FixFacts,
  { address, prefixLength }: OwnAddress,
  target: IscsiTarget,
): readonly string[] {
  const subnet = prefixOf(address, prefixLength);
  return target.portalIds.flatMap((id) => {
    const portal = portalById(model, id);
    const ip = portal === undefined ? undefined : parseIp(portal.address);
    return subnet !== undefined && ip !== undefined && prefixContains(subnet, ip)
      ? [portal?.address ?? '']
      : [];
  });
}

/** What is wrong with an address that shall reach the targets, in one sentence, or undefined. */
function problemWith(facts: FixFacts, text: string, targets: readonly IscsiTarget[]): string | undefined {
  const own = readAddress(text);
  if (own === undefined)
    return 'An IPv4 address with its prefix length is needed, for example 10.0.10.12/24.';
  if (knownAddresses(facts).has(ipKey(own.address))) return `${own.address} is in use already.`;
  return targets.some((target) => portalsBeside(facts, own, target).length > 0)
    ? undefined
    : `No portal of ${targets.map(({ name }) => name).join(', ')} is in the subnet of ${text.trim()}.`;
}

export function addressChoice(
  facts: FixFacts,
  asked: {
    readonly id: string;
    readonly on: string;
    readonly proposal: string | undefined;
    readonly targets: readonly IscsiTarget[];
    /** Answers that other interfaces of the same plan get. */
    readonly taken?: readonly string[];
  },
): AskedChoice {
  const { id, on, proposal, targets, taken = [] } = asked;
  return {
    id,
    question: `Which address shall ${on} have, with its prefix length?`,
    type: 'text',
    ...(proposal !== undefined && { proposal }),
    because:
      'The proposal is not in use as far as this host knows: see that nobody else is to have it. Windows looks for another owner before it uses it.',
    check: (value) => {
      const text = typeof value === 'string' ? value : '';
      const address = readAddress(text)?.address;
      return address !== undefined && taken.some((other) => readAddress(other)?.address === address)
        ? `${address} is given to another interface of this plan.`
        : problemWith(facts, text, targets);
    },
  };
}

export interface AddressStep {
  /** What gets it, and its name in Windows at that time. */
  readonly of: Entity;
  readonly interfaceName: string;
  readonly index: FoundValue;
  readonly own: OwnAddress;
  readonly leaves: readonly Change[];
}

/** Out of DNS first, so that the address is never registered; no gateway. */
export function giveAddress({ of, interfaceName, index, own, leaves }: AddressStep): Step {
  const { address, prefixLength } = own;
  const dnsIsOff: Question = {
    read: 'Get-DnsClient',
    where: [
      { property: 'InterfaceAlias', is: interfaceName },
      { property: 'RegisterThisConnectionsAddress', is: false },
    ],
  };
  return {
    title: `${interfaceName} stays out of DNS and gets ${address}/${prefixLength}, without a gateway.`,
    commands: [
      {
        cmdlet: 'Set-DnsClient',
        parameters: { InterfaceIndex: index, RegisterThisConnectionsAddress: false },
      },
      {
        cmdlet: 'New-NetIPAddress',
        parameters: { InterfaceIndex: index, IPAddress: address, PrefixLength: prefixLength },
      },
    ],
    changes: [
      { of, property: `RegisterThisConnectionsAddress of ${interfaceName}`, before: 'True', after: 'False' },
      {
        of,
        property: `Address of ${interfaceName}`,
        before: 'none by hand',
        after: `${address}/${prefixLength}`,
      },
    ],
    impact: 'adds',
    leaves,
    verify: {
      says: `${interfaceName} holds ${address}/${prefixLength}, which nobody else has, and does not register it in DNS.`,
      observations: ['NetAdapter', 'NetIPAddress', 'DnsClient'],
      settleSeconds,
      differs: (now) => differsFrom(now, interfaceName, own),
      isFinal: (now) => isHeldByAnother(now, [address]),
    },
    undo: [
      {
        cmdlet: 'Remove-NetIPAddress',
        parameters: { InterfaceIndex: index, IPAddress: address },
        unless: {
          question: {
            read: 'Get-NetIPAddress',
            where: [
              { property: 'InterfaceAlias', is: interfaceName },
              { property: 'IPAddress', is: address },
            ],
          },
          isThere: false,
        },
      },
      {
        cmdlet: 'Set-DnsClient',
        parameters: { InterfaceIndex: index, RegisterThisConnectionsAddress: true },
        unless: { question: dnsIsOff, isThere: false },
      },
    ],
  };
}

/** Windows has looked and found another owner of one of these: it does not look again by itself. */
export function isHeldByAnother({ model }: FixFacts, addresses: readonly string[]): boolean {
  const wanted = new Set(addresses.map(ipKey));
  return model.addresses.some(
    ({ ipAddress, state }) => state === 'Duplicate' && wanted.has(ipKey(ipAddress)),
  );
}

function differsFrom(
  { model, snapshot }: FixFacts,
  interfaceName: string,
  own: OwnAddress,
): string | undefined {
  const { DnsClient } = snapshot.readings;
  const holder = interfacesOf(model).find(({ name }) => nameKey(name) === nameKey(interfaceName));
  if (holder === undefined) return `There is no interface ${interfaceName}.`;
  const address = model.addresses.find(
    ({ ipAddress, interfaceIndex }) =>
      ipKey(ipAddress) === ipKey(own.address) && interfaceIndex === holder.interfaceIndex,
  );
  if (address === undefined) return `${interfaceName} does not hold ${own.address}.`;
  if (address.state !== 'Preferred') {
    return address.state === 'Duplicate'
      ? `Another machine holds ${own.address}.`
      : `${own.address} is ${address.state ?? 'in a state that is not told'}, not Preferred.`;
  }
  if (address.prefixLength !== own.prefixLength) {
    return `${own.address} has the prefix length ${address.prefixLength ?? 'of nobody knows what'}.`;
  }
  const dns =
    DnsClient.status === 'ok'
      ? DnsClient.records.find(({ interfaceIndex }) => interfaceIndex === holder.interfaceIndex)
      : undefined;
  return dns?.registersAddresses === false ? undefined : `${interfaceName} registers its addresses in DNS.`;
}
