/** Demo hosts whose names can be told from all other words: whoever shows one of them, shows a name. */
import type { Capture, RawItem } from '#shared/capture.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import { readScenario } from '../hosts/simulated-host/read-scenario.ts';
import { demoScenario } from './demo-check.ts';

/** In every name of a marked host, and in nothing else. */
const mark = 'zqx';

/** The demo with a mark in every name that a person chose. */
export function markedCapture(id: string): Capture {
  const scenario = JSON.parse(JSON.stringify(demoScenario(id))) as Record<string, unknown>;
  const names = new Set<string>();
  const gather = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const each of value) gather(each, path);
    else if (typeof value === 'object' && value !== null) {
      for (const [property, inside] of Object.entries(value)) gather(inside, `${path}.${property}`);
    } else if (
      typeof value === 'string' &&
      /^\.(?:computer|adapters|lbfoTeams|vswitches|vnics|vms|cluster|cluster\.networks|smb\.servers|smb\.servers\.shares)\.name$/.test(
        path,
      )
    ) {
      names.add(value);
    }
  };
  gather(scenario, '');
  const markedName = (name: string): string =>
    /^(.*\$|[0-9a-f-]{36})$/i.test(name) ? name : `${name}${mark}`;
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([property, inside]) => [property, replace(inside)]),
      );
    }
    if (typeof value !== 'string') return value;
    if (names.has(value)) return markedName(value);
    const vnic = /^vEthernet \((.*)\)$/.exec(value)?.[1];
    if (vnic !== undefined && names.has(vnic)) return `vEthernet (${markedName(vnic)})`;
    return value.startsWith('\\\\')
      ? value
          .split('\\')
          .map((part) => (names.has(part) ? markedName(part) : part))
          .join('\\')
      : value;
  };
  const { id: scenarioId, title, story, windows, ...rest } = scenario;
  const read = readScenario(
    JSON.stringify({ id: scenarioId, title, story, windows, ...(replace(rest) as object) }),
    id,
  );
  if (!read.ok) throw new Error(read.failure.message);
  return captureOf(read.value);
}

/** What tells one host from another by its form, as far as it is no stand-in. */
const patterns = {
  'an iSCSI name':
    /iqn\.(?!1991-05\.com\.microsoft:(?:host|name|storage|cluster)-|2000-01\.invalid\.redacted:)[\w.:-]+/gi,
  'a MAC address': /\b(?!02-00-5e)[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\b/gi,
};

/** What of the marked demo `id` stands in a text that is to name nothing of it; empty where nothing does. */
export function leaksIn(text: string, id: string): readonly string[] {
  const lower = text.toLowerCase();
  const at = lower.indexOf(mark);
  const { domain } = demoScenario(id).computer;
  return [
    ...(at === -1 ? [] : [`a name: ${text.slice(Math.max(0, at - 60), at + mark.length)}`]),
    ...Object.entries(patterns).flatMap(([what, pattern]) =>
      [...text.matchAll(pattern)].map(([found]) => `${what}: ${found}`),
    ),
    ...(domain !== undefined && lower.includes(domain.toLowerCase()) ? [`the domain ${domain}`] : []),
    ...secretsOf(markedCapture(id)).filter((secret) =>
      new RegExp(`(?<![\\w.:])${escaped(secret)}(?![\\w.:])`, 'i').test(text),
    ),
  ];
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** Addresses, serial numbers and unique ids of the host that redaction has to replace. */
function secretsOf(capture: Capture): readonly string[] {
  const valuesOf = (name: keyof Capture['observations'], property: string): readonly string[] => {
    const observation = capture.observations[name];
    const items: readonly RawItem[] = observation?.status === 'ok' ? observation.data : [];
    return items.flatMap((item) => {
      const value = item[property];
      return typeof value === 'string' ? [value.trim()] : [];
    });
  };
  return [
    ...valuesOf('NetIPAddress', 'IPAddress').filter((address) => !/^(?:127\.|::1$)/.test(address)),
    ...valuesOf('IscsiTargetPortal', 'TargetPortalAddress'),
    ...valuesOf('Disk', 'SerialNumber'),
    ...valuesOf('Disk', 'UniqueId'),
  ].filter((secret) => secret.length > 3);
}
