/** Stand-ins for what tells one host from another: the same thing gets the same one, wherever it is written. */
import { roleNamed } from '#shared/traffic-role.ts';
import { isAdministrativeShare } from '../path-graph/smb.ts';
import { instanceNameOf } from '../sampling/attribution.ts';
import { addressStandIns } from './addresses.ts';
import type { PropertyKind } from './properties.ts';

/** Kept: names that Windows gives by itself, or that say nothing. */
const windowsName = /^(?:\*|\.|localhost|VLAN \d+|Default|\[Default\]|Loopback Pseudo-Interface \d+)$/i;
/** Things of Windows that its messages put in quotation marks. */
const windowsWord = /^(?:[A-Z][a-z]+-[A-Za-z]+|root\\\S+|(?:Win32|MSFT|MSiSCSI|Msvm|MPIO)_?\w*)$/;
const defaultIqn = 'iqn.1991-05.com.microsoft:';
const nowhereIqn = 'iqn.2000-01.invalid.redacted:';
const anyIqn = /\b(?:iqn\.\d{4}-\d{2}\.[^\s,;'"()]+|(?:eui|naa)\.[0-9a-f]{8,32})/gi;
const anyMac = /\b[0-9a-f]{2}(?:[-:][0-9a-f]{2}){5}\b/gi;
const anyAddress =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:.]{3,45})(?:%\w+)?(?:\/\d{1,3})?(?![\w:])/gi;
const quoted = /(['"‘’“”„«»])([^'"‘’“”„«»\r\n]{2,300})(['"‘’“”„«»])/g;
/** A shorter one is more often a word of the text than a name. */
const shortestName = 3;

type Redact = (value: string) => string;

export interface StandIns {
  readonly of: Readonly<Record<PropertyKind | 'unknown', Redact>>;
}

/** A numbered stand-in for each key; `form` writes it. */
function numbered(
  form: (number: number, value: string) => string,
  keyOf: Redact,
): Redact & { readonly known: Map<string, string> } {
  const known = new Map<string, string>();
  const standIn = (value: string): string => {
    const key = keyOf(value);
    let found = known.get(key);
    if (found === undefined) {
      found = form(known.size + 1, value);
      known.set(key, found);
    }
    return found;
  };
  return Object.assign(standIn, { known });
}

const ignoringCase: Redact = (value) => value.trim().toLowerCase();

/** `key`: random bytes. Whoever has them could go from the addresses back; nobody keeps them. */
export function standIns(key: Uint8Array): StandIns {
  const addressOrUndefined = addressStandIns(key);
  const address: Redact = (value) => (value === '' ? value : (addressOrUndefined(value) ?? unknown(value)));

  // What a name says of the role of an adapter stays, since it may be all there is to tell it by.
  const word = numbered((number, value) => `${roleNamed(value) ?? 'name'}-${number}`, ignoringCase);
  const name: Redact = (value) => {
    if (value.trim() === '' || windowsName.test(value)) return value;
    const parts = value.split(' - ');
    if (parts.length > 1) return parts.map(name).join(' - ');
    const inner = /^(vEthernet \()(.*)(\))$/i.exec(value);
    return inner === null ? word(value) : `${inner[1]}${name(inner[2] ?? '')}${inner[3]}`;
  };
  const host: Redact = (value) =>
    addressOrUndefined(value) ??
    value
      .split('.')
      .map((label) => name(label))
      .join('.');
  const share: Redact = (value) => {
    if (isAdministrativeShare(value)) return value;
    return value.endsWith('$') ? `${name(value.slice(0, -1))}$` : name(value);
  };
  const account: Redact = (value) => {
    if (/^nt [a-z ]+\\/i.test(value)) return value.replace(/\\.*$/, (rest) => `\\${word(rest)}`);
    return value
      .split('\\')
      .map((part) => (part.endsWith('$') ? `${host(part.slice(0, -1))}$` : host(part)))
      .join('\\');
  };

  // Digits of the same length, so that what reads it by its form still does.
  const serial = numbered((number, value) => String(number).padStart(value.trim().length, '0'), ignoringCase);
  const macDigits = numbered(
    (number) => `02005e${number.toString(16).padStart(6, '0')}`,
    (value) => value.replaceAll(/[^0-9a-f]/gi, '').toLowerCase(),
  );
  const mac: Redact = (value) => {
    const digits = value.replaceAll(/[-:.]/g, '');
    if (!/^[0-9a-f]{12}$/i.test(digits)) return value === '' ? value : unknown(value);
    if (/^(?:0{12}|f{12})$/i.test(digits)) return value;
    const found = macDigits(digits).toUpperCase();
    let at = 0;
    return value.replaceAll(/[0-9a-f]/gi, () => found.charAt(at++));
  };
  const iqn: Redact = (value) => {
    if (value.toLowerCase().startsWith(defaultIqn))
      return `${defaultIqn}${host(value.slice(defaultIqn.length))}`;
    const world = /^((?:eui|naa)\.)(.+)$/i.exec(value);
    if (world !== null) return `${world[1]}${serial(world[2] ?? '')}`;
    return value.trim() === '' ? value : `${nowhereIqn}${word(value)}`;
  };
  const port: Redact = (value) => {
    if (/^(?:iqn|eui|naa)\./i.test(value)) return iqn(value);
    return value === '' || /^iscsi any port$/i.test(value) ? value : serial(value);
  };

  const instance: Redact = (value) => {
    const [id = '', ...names] = value.split('::');
    return [id, ...names.map(name)].join('::');
  };

  const deviceEnd = numbered((number) => `device-${number}`, ignoringCase);
  const device: Redact = (value) => {
    if (value === '' || /^ROOT\\/i.test(value)) return value;
    const [, kept = '', end = '', index = ''] = /^(.*\\)?(.*?)(_\d+)?$/.exec(value) ?? [];
    return `${kept}${deviceEnd(end)}${index}`;
  };
  const path: Redact = (value) => {
    if (/^(?:\\Device\\|\\\\\.\\|\\\\\?\\Volume\{)/i.test(value)) return value;
    const unc = /^(\\\\(?:\?\\UNC\\)?)([^\\?]+)(?:\\([^\\]+))?(.*)$/i.exec(value);
    if (unc !== null) {
      const [, start = '', server = '', shareName, rest = ''] = unc;
      return `${start}${host(server)}${shareName === undefined ? '' : `\\${share(shareName)}`}${folders(rest)}`;
    }
    const interfacePath = /^(\\\\\?\\[^#]+#[^#]*#)/.exec(value);
    if (interfacePath !== null) return `${interfacePath[1]}${deviceEnd(value)}`;
    return folders(value);
  };
  const folders: Redact = (value) =>
    value
      .split(/([\\/])/)
      .map((part) => {
        if (/^(?:[\\/]|[a-z]:|\?|ClusterStorage|)$/i.test(part)) return part;
        const [, stem = '', extension = ''] = /^(.+?)(\.[a-z0-9]{1,5})?$/i.exec(part) ?? [];
        return `${name(stem)}${extension}`;
      })
      .join('');

  const unknownText = numbered(
    (number) => `text-${number}`,
    (value) => value,
  );
  const unknown: Redact = (value) =>
    value.trim() === '' ||
    /^(?:true|false|[+-]?\d{1,10}|\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?)$/i.test(value)
      ? value
      : unknownText(value);

  // Names and serial numbers that were met anywhere, longest first, also as performance counters write them.
  let pattern:
    { readonly size: number; readonly find: RegExp; readonly standInOf: Map<string, string> } | undefined;
  const knownPattern = (): NonNullable<typeof pattern> => {
    const size = word.known.size + serial.known.size;
    if (pattern?.size === size) return pattern;
    const standInOf = new Map<string, string>();
    for (const [known, standIn] of [...word.known, ...serial.known]) {
      if (known.length < shortestName) continue;
      standInOf.set(known, standIn);
      standInOf.set(instanceNameOf(known), standIn);
    }
    const alternatives = [...standInOf.keys()]
      .toSorted((a, b) => b.length - a.length)
      .map((each) => each.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
    const find =
      alternatives.length === 0
        ? /(?!)/g
        : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives.join('|')})(?![\p{L}\p{N}])`, 'giu');
    pattern = { size, find, standInOf };
    return pattern;
  };
  const redactText: Redact = (value) => {
    const inQuotes = value.replaceAll(quoted, (all: string, before: string, inside: string, after: string) =>
      windowsWord.test(inside) || /[\\/]/.test(inside) || addressOrUndefined(inside) !== undefined
        ? all
        : `${before}${anyIqn.test(inside) ? iqn(inside) : name(inside)}${after}`,
    );
    const { find, standInOf } = knownPattern();
    return inQuotes
      .replaceAll(anyIqn, (found) => (found.startsWith(nowhereIqn) ? found : iqn(found)))
      .replaceAll(anyMac, mac)
      .replaceAll(anyAddress, (found) => addressOrUndefined(found) ?? found)
      .replaceAll(find, (found) => standInOf.get(found.toLowerCase()) ?? found);
  };

  // Instance names of counters come again with every sample.
  const texts = new Map<string, string>();
  const text: Redact = (value) => {
    let found = texts.get(value);
    if (found === undefined) {
      found = redactText(value);
      texts.set(value, found);
    }
    return found;
  };

  return {
    of: {
      keep: (value) => value,
      name,
      host,
      share,
      account,
      address,
      mac,
      iqn,
      port,
      serial,
      path,
      device,
      instance,
      text,
      unknown,
    },
  };
}
