/** One change to a settings document. Everything that is not meant stays as it was written, also what no one understands. */
import { waiverKey, type SettingsEdit } from '#shared/settings.ts';
import { isObject, sectionName, settingsFormat, settingsVersion, waiverSchema } from './settings-schema.ts';

type Section = Readonly<Record<string, unknown>>;

/** `document` undefined: there is no file yet. The document itself is not changed. */
export function editDocument(document: unknown, host: string, edit: SettingsEdit): object {
  const whole = isObject(document) ? document : { format: settingsFormat, version: settingsVersion };
  const hosts = isObject(whole['hosts']) ? whole['hosts'] : {};
  const name = sectionName(whole, host) ?? host;
  const before = isObject(hosts[name]) ? hosts[name] : {};
  return { ...whole, hosts: { ...hosts, [name]: editSection(before, edit) } };
}

function editSection(section: Section, edit: SettingsEdit): Section {
  switch (edit.set) {
    case 'waiver':
      return { ...section, waivers: [...without(section['waivers'], waiverKey(edit.waiver)), edit.waiver] };
    case 'no-waiver':
      return { ...section, waivers: without(section['waivers'], edit.waiver.toLowerCase()) };
    case 'threshold':
      return { ...section, thresholds: keyed(section['thresholds'], edit.id, edit.value) };
    case 'roles':
      return { ...section, roles: keyed(section['roles'], edit.interface, edit.roles) };
    case 'profile':
      return keyed(section, 'profile', edit.profile);
    case 'baseline':
      return keyed(section, 'baseline', edit.baseline);
    case 'links': {
      const assumptions = isObject(section['assumptions']) ? section['assumptions'] : {};
      const targets: readonly unknown[] = Array.isArray(assumptions['targets']) ? assumptions['targets'] : [];
      const key = edit.target.toLowerCase();
      const others = targets.filter(
        (target) => !(isObject(target) && String(target['id']).toLowerCase() === key),
      );
      return {
        ...section,
        assumptions: {
          ...assumptions,
          targets: edit.portals === null ? others : [...others, { id: edit.target, portals: edit.portals }],
        },
      };
    }
  }
}

/** The waivers of the file but the one of this key; such as cannot be read stay. */
function without(waivers: unknown, key: string): readonly unknown[] {
  if (!Array.isArray(waivers)) return [];
  return waivers.filter((waiver) => {
    const read = waiverSchema.safeParse(waiver);
    return !read.success || waiverKey(read.data) !== key;
  });
}

/** An object with one key set, or taken out for null; a key of another case is the same. */
function keyed(value: unknown, key: string, content: unknown): Section {
  const before = isObject(value) ? Object.entries(value) : [];
  const others = before.filter(([name]) => name.toLowerCase() !== key.toLowerCase());
  return Object.fromEntries(content === null ? others : [...others, [key, content]]);
}
