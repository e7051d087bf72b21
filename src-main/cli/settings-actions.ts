/** What can be set from the terminal: from words to one change, with names held against the host that was looked at. */
import type { Check, Finding } from '#shared/finding.ts';
import { toldRoles, waiverKey, type SettingsEdit, type ToldRole, type Waiver } from '#shared/settings.ts';
import type { PortalLink } from '#shared/path-graph.ts';
import { readBitsPerSecond } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { interfaceNames } from '../app/interface-names.ts';
import { nearest } from '../app/nearest.ts';
import { ruleNamed } from '../app/rule-list.ts';
import { thresholdsOf } from '../app/thresholds.ts';
import { vendorProfileIds } from '../app/vendor-profiles.ts';
import { WrongCall } from './command.ts';

/** What the words of a change are held against. */
export interface SetOn {
  readonly check: Check;
  readonly waivers: readonly Waiver[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface Edited {
  readonly edit: SettingsEdit;
  /** One sentence, for when it is done. */
  readonly said: string;
}

interface WaiveOptions {
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly by?: string | undefined;
  readonly about: readonly string[];
  readonly every: boolean;
}

const namesShown = 8;

function hint(typed: string, known: readonly string[], head = 'There are'): string | undefined {
  const meant = nearest(typed, known);
  if (meant !== undefined) return visibleText(`Did you mean ${meant}?`);
  if (known.length === 0) return undefined;
  const more = known.length - namesShown;
  return visibleText(
    `${head}: ${known.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  );
}

function only(words: readonly string[], form: string): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new WrongCall('That is not the whole of it.', form);
  return word;
}

/** The finding that the word means: its id, or its rule where that has just one. */
function findingNamed(word: string, findings: readonly Finding[]): Finding {
  const key = word.toLowerCase();
  // An id means one finding; the rule in it does not mean another one.
  const rule = key.includes('@') ? undefined : ruleNamed(key);
  const found = findings.filter((finding) => finding.id === key || finding.rule === rule);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    throw new WrongCall(
      visibleText(`${word} has ${found.length} findings.`),
      `Name one: ${found.map(({ id }) => id).join(', ')}; or all of them with --every.`,
    );
  }
  const isOtherSubjects = findings.some((finding) => key.startsWith(`${finding.rule}@`));
  throw new WrongCall(
    visibleText(`This host has no finding "${word}" now.`),
    isOtherSubjects
      ? 'The finding of that rule is about other things by now: see switchyard check --json.'
      : rule === undefined
        ? hint(word, [...new Set(findings.map((finding) => finding.rule))], 'Its findings are')
        : `The rule has none. Waive it all the same with --every, or for certain things with --about NAME.`,
  );
}

function dayOf(text: string | undefined, today: string): string {
  if (text === undefined) {
    throw new WrongCall('A waiver needs a last day.', 'Give --until YYYY-MM-DD, or --until 90d for 90 days.');
  }
  const days = /^(\d{1,4})d$/i.exec(text)?.[1];
  if (days !== undefined) {
    return new Date(Date.parse(`${today}T00:00:00Z`) + Number(days) * 86_400_000).toISOString().slice(0, 10);
  }
  const at = Date.parse(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(at) ||
    new Date(at).toISOString().slice(0, 10) !== text
  ) {
    throw new WrongCall(
      `--until cannot be "${visibleText(text)}".`,
      'It is a day such as 2027-03-31, or a number of days such as 90d.',
    );
  }
  if (text < today) throw new WrongCall(`${text} is over.`, 'A waiver counts to the end of a day to come.');
  return text;
}

export function waive(words: readonly string[], options: WaiveOptions, on: SetOn): Edited {
  const word = only(words, 'switchyard settings waive FINDING --reason TEXT --until DATE');
  const reason = options.reason?.trim() ?? '';
  if (reason === '') throw new WrongCall('A waiver needs a reason.', 'Give --reason TEXT.');
  const until = dayOf(options.until, on.today);
  const why = {
    reason,
    until,
    ...(options.by !== undefined && { by: options.by }),
    on: on.today,
  };
  if (!options.every && options.about.length === 0) {
    const { id, title } = findingNamed(word, on.check.findings);
    return {
      edit: { set: 'waiver', waiver: { finding: id, ...why } },
      said: `${id} (${title}) is waived until ${until}.`,
    };
  }
  const rule = ruleNamed(word);
  if (rule === undefined) {
    throw new WrongCall(
      visibleText(`There is no rule "${word}".`),
      'With --every and --about a rule is named: switchyard rules lists them.',
    );
  }
  const waiver: Waiver = { rule, ...(options.about.length > 0 && { subjects: options.about }), ...why };
  return { edit: { set: 'waiver', waiver }, said: `${waiverKey(waiver)} is waived until ${until}.` };
}

export function unwaive(words: readonly string[], { waivers }: SetOn): Edited {
  const word = only(words, 'switchyard settings unwaive FINDING');
  const key = word.toLowerCase();
  const keys = waivers.map(waiverKey);
  const rule = ruleNamed(key) ?? key;
  const exact = keys.filter((one) => one === key);
  const found = exact.length > 0 ? exact : keys.filter((one) => one.split(/[@ ]/)[0] === rule);
  const [first, ...others] = found;
  if (first === undefined) {
    throw new WrongCall(
      visibleText(`"${word}" is not waived for this host.`),
      keys.length === 0 ? 'Nothing is.' : hint(word, keys, 'Waived are'),
    );
  }
  if (others.length > 0) {
    throw new WrongCall(
      visibleText(`"${word}" can mean several waivers.`),
      `There are: ${found.join(', ')}.`,
    );
  }
  return { edit: { set: 'no-waiver', waiver: first }, said: `${first} is no longer waived.` };
}

export function setThreshold(words: readonly string[]): Edited {
  const form = 'switchyard settings threshold ID VALUE, or ID default; switchyard settings lists them.';
  const [id, text, ...more] = words;
  if (id === undefined || text === undefined || more.length > 0) {
    throw new WrongCall('A threshold needs its id and a value.', form);
  }
  const all = thresholdsOf();
  const known = all.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (known === undefined) {
    throw new WrongCall(
      visibleText(`There is no threshold "${id}".`),
      hint(
        id,
        all.map((one) => one.id),
      ),
    );
  }
  if (text.toLowerCase() === 'default') {
    return {
      edit: { set: 'threshold', id: known.id, value: null },
      said: `${known.id} is ${known.preset} ${known.unit} again.`,
    };
  }
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?(?:e\d+)?$/i.test(text) || !Number.isFinite(value)) {
    throw new WrongCall(
      visibleText(`"${text}" is no value for ${known.id}.`),
      `It is a number of ${known.unit}, ${known.preset} where nothing is set.`,
    );
  }
  return {
    edit: { set: 'threshold', id: known.id, value },
    said: `${known.id} is ${value} ${known.unit}: ${known.says}`,
  };
}

export function setRole(words: readonly string[], { check }: SetOn): Edited {
  const form = `switchyard settings role INTERFACE ROLE[,ROLE]; roles are ${toldRoles.join(', ')}, or default.`;
  const [name, text, ...more] = words;
  if (name === undefined || text === undefined || more.length > 0) {
    throw new WrongCall('A role needs an interface and what it is for.', form);
  }
  const names = interfaceNames(check.model);
  const found = names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (text.toLowerCase() === 'default') {
    return {
      edit: { set: 'roles', interface: found ?? name, roles: null },
      said: `What ${found ?? name} is for is worked out again.`,
    };
  }
  if (found === undefined) {
    throw new WrongCall(visibleText(`This host has no interface "${name}".`), hint(name, names));
  }
  const roles = text.split(',').map((word): ToldRole => {
    const role = toldRoles.find((one) => one === word.trim().toLowerCase());
    if (role === undefined) {
      throw new WrongCall(
        visibleText(`"${word}" is nothing that an interface is for.`),
        hint(word, toldRoles),
      );
    }
    return role;
  });
  if (roles.includes('storage') && roles.includes('not-storage')) {
    throw new WrongCall('An interface is either for storage or not.', form);
  }
  return { edit: { set: 'roles', interface: found, roles }, said: `${found} is for ${roles.join(', ')}.` };
}

export function setProfile(words: readonly string[]): Edited {
  const id = only(words, 'switchyard settings profile VENDOR, or none.');
  if (id.toLowerCase() === 'none') {
    return { edit: { set: 'profile', profile: null }, said: 'No vendor profile is compared with any more.' };
  }
  const known = vendorProfileIds();
  const profile = known.find((one) => one === id.toLowerCase());
  if (profile === undefined) {
    throw new WrongCall(visibleText(`There is no vendor profile "${id}".`), hint(id, known));
  }
  return { edit: { set: 'profile', profile }, said: `Timers and policies are compared with ${profile}.` };
}

export function setLinks(words: readonly string[], { check }: SetOn): Edited {
  const form = 'switchyard settings links TARGET ADDRESS=SPEED ..., such as 10.0.1.5=10G or 10.0.1.5=2x1G.';
  const [name, ...links] = words;
  if (name === undefined || links.length === 0) throw new WrongCall('Which links?', form);
  const targets = check.targets.filter(({ kind }) => kind !== 'disk');
  const key = name.toLowerCase();
  const exact = targets.filter((one) =>
    [one.name, ...one.aliases].some((known) => known.toLowerCase() === key),
  );
  const found = exact.length > 0 ? exact : targets.filter((one) => one.name.toLowerCase().includes(key));
  const [target, ...others] = found;
  if (links.length === 1 && links[0]?.toLowerCase() === 'none') {
    return {
      edit: { set: 'links', target: target?.name ?? name, portals: null },
      said: `The links of ${target?.name ?? name} count as unlimited again.`,
    };
  }
  if (target === undefined || others.length > 0) {
    throw new WrongCall(
      visibleText(
        target === undefined
          ? `This host reaches no target "${name}".`
          : `"${name}" can mean several targets.`,
      ),
      hint(
        name,
        (found.length > 0 ? found : targets).map((one) => one.name),
      ),
    );
  }
  const portals = links.flatMap((link): readonly PortalLink[] => {
    const [, address, times = '1', speed = ''] = /^([^=]+)=(?:(\d{1,3})x)?(.+)$/i.exec(link) ?? [];
    const bitsPerSecond = readBitsPerSecond(speed);
    if (address === undefined || bitsPerSecond === undefined || Number(times) < 1) {
      throw new WrongCall(visibleText(`"${link}" tells no link.`), form);
    }
    return Array.from({ length: Number(times) }, () => ({ address: address.trim(), bitsPerSecond }));
  });
  return {
    edit: { set: 'links', target: target.name, portals },
    said: `${target.name}: ${portals.length === 1 ? 'one link is' : `${portals.length} links are`} told.`,
  };
}
