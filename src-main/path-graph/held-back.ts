/** What holds a figure back, as the links that are full and as one sentence. */
import type { Entity } from '#shared/host/host-model.ts';
import type { Direction, HeldBack } from '#shared/path-graph.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';
import type { LinkMeaning, MeantProblem, UnitMeaning } from './meant-problem.ts';
import { uniqueEntities } from './leg-limits.ts';
import type { Sharing } from './path-policy.ts';
import type { Placed, PlacedStream } from './placements.ts';

interface Telling {
  /** The sessions or interface pairs in use. */
  readonly routes: readonly Entity[];
  readonly sharing: Sharing;
  readonly direction: Direction;
  readonly isWorst: boolean;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** `NIC1 and NIC2 (1 Gb/s each)`, or each with its own figure; more than four are a number. */
function withSpeeds(links: readonly LinkMeaning[]): string {
  const named = links
    .map(({ entities, bitsPerSecond }) => ({ name: list(entities.map(({ name }) => name)), bitsPerSecond }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const speeds = new Set(named.map(({ bitsPerSecond }) => bitsPerSecond));
  const [speed] = speeds;
  const names = named.map(({ name }) => name);
  if (speeds.size === 1 && speed !== undefined) {
    const shown = names.length > 4 ? `${names.length} adapters, ${names[0] ?? ''} among them` : list(names);
    return `${shown} (${formatBitsPerSecond(speed)}${names.length > 1 ? ' each' : ''})`;
  }
  return list(named.map(({ name, bitsPerSecond }) => `${name} (${formatBitsPerSecond(bitsPerSecond)})`));
}

function nounOf(routes: readonly Entity[]): string {
  return routes[0]?.kind === 'channel' ? 'interface pair' : 'session';
}

function allOf(routes: readonly Entity[]): string {
  const noun = nounOf(routes);
  if (routes.length === 1) return `the only ${noun}`;
  return routes.length === 2 ? `both ${noun}s` : `all ${routes.length} ${noun}s`;
}

function sentenceCase(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

const togetherNouns = {
  team: 'team',
  port: 'vNIC',
  connection: 'connection',
  addresses: 'address pair',
  macs: 'MAC address pair',
} as const;

/** Of a team that has more members than are full, at worst or at best. */
function teamWords(
  problem: MeantProblem,
  placed: Placed,
  teamId: string,
  members: readonly LinkMeaning[],
  telling: Telling,
): string {
  const { isWorst, direction, routes } = telling;
  const [first] = members;
  const name = first?.team?.name ?? '';
  const count = first?.memberCount ?? 0;
  const numbers = new Set(members.map((member) => problem.meanings.indexOf(member)));
  const units = problem.unitMeanings.filter(
    ({ team }, unit) => team?.id === teamId && numbers.has(placed.placement[unit] ?? -1),
  );
  if (units.length > 0 && units.every(({ isPinned }) => isPinned)) {
    return `the team mapping keeps the vNICs on ${withSpeeds(members)}`;
  }
  const [onPrimary] = units;
  if (onPrimary?.together === 'team' && speedsOf(problem, onPrimary)?.length === 1) {
    return `whatever the host ${direction === 'read' ? 'reads arrives' : 'sends leaves'} on ${withSpeeds(members)}, the primary member of team ${name}`;
  }
  const sharers = new Set(units.flatMap(({ routes: own }) => [...own]));
  const what = sharers.size === routes.length ? allOf(routes) : counted(sharers.size, nounOf(routes));
  const team = `team ${name}`;
  const everySpeed = new Set(
    units.flatMap(({ isPinned }, index) => (isPinned ? [] : (speedsOf(problem, units[index]) ?? []))),
  );
  const speed = [...new Set(members.map(({ bitsPerSecond }) => bitsPerSecond))]
    .map(formatBitsPerSecond)
    .join(' or ');
  if (isWorst) {
    return everySpeed.size > 1
      ? `${team} may put ${what} on one of its ${count} members, at worst on ${withSpeeds(members)}`
      : routes.length === 1 && sharers.size === 1
        ? `${what} uses one of the ${count} members of ${team} at a time (${speed})`
        : `${team} may put ${what} on one of its ${count} members (${speed})`;
  }
  if (members.length === count) return `all members of ${team} are in use: ${withSpeeds(members)}`;
  const together = units.find((unit) => unit.together !== undefined)?.together;
  if (together === 'team') {
    return `whatever the host ${direction === 'read' ? 'reads arrives' : 'sends leaves'} on one of the ${count} members of ${team} (${speed})`;
  }
  const free = units.filter(({ isPinned }) => !isPinned).length;
  if (free === 1) {
    const who =
      routes.length === 1 || together === 'connection'
        ? what
        : `${what} share one ${togetherNouns[together ?? 'connection']}, which`;
    return `${who} uses one of the ${count} members of ${team} at a time (${speed})`;
  }
  return `${free} ${togetherNouns[together ?? 'connection']}s can use no more than ${free} of the ${count} members of ${team} (${speed} each)`;
}

/** The speeds among which the unit with this meaning is placed. */
function speedsOf(problem: MeantProblem, meaning: UnitMeaning | undefined): readonly number[] | undefined {
  const unit = meaning === undefined ? -1 : problem.unitMeanings.indexOf(meaning);
  return problem.units[unit]?.allowed.flatMap((link) => problem.links[link]?.capacity ?? []);
}

/** Members of a team that are as good as the full ones: which of them it is makes no difference. */
function alternatives(problem: MeantProblem, placed: Placed): readonly number[] {
  const full = new Set(placed.full);
  const found = new Set(placed.full);
  for (const [unit, { allowed }] of problem.units.entries()) {
    const place = placed.placement[unit];
    if (place === undefined || !full.has(place) || allowed.length < 2) continue;
    for (const link of allowed) {
      if (problem.links[link]?.capacity === problem.links[place]?.capacity) found.add(link);
    }
  }
  return [...found];
}

/** Empty where nothing is full. */
export function wordsFor(problem: MeantProblem, placed: Placed, telling: Telling): HeldBack {
  const { routes, sharing, isWorst } = telling;
  const full = placed.full.flatMap((link) => problem.meanings[link] ?? []);
  if (full.length === 0) return { by: [] };
  const by = uniqueEntities(
    alternatives(problem, placed).flatMap((link) => problem.meanings[link]?.entities ?? []),
  ).toSorted((a, b) => (a.name < b.name ? -1 : 1));

  const parts: string[] = [];
  const plain = full.filter(({ kind, memberCount }) => kind === 'adapter' && memberCount === 1);
  const carried = new Set(placed.placement.filter((link) => problem.meanings[link]?.kind === 'adapter'));
  if (plain.length > 0) {
    const isAll = plain.length === carried.size || [...carried].every((link) => placed.full.includes(link));
    const team = plain.length === 1 ? plain[0]?.team : undefined;
    const standing = team === undefined ? '' : `, the one active member of team ${team.name}`;
    parts.push(
      isAll || plain.length > 1
        ? `${isAll ? allOf(routes) : 'they'} leave${isAll && routes.length === 1 ? 's' : ''} through ${withSpeeds(plain)}${standing}`
        : `${withSpeeds(plain)} is the tightest link`,
    );
  }
  const teamIds = new Set(
    full.flatMap(({ kind, memberCount, team }) =>
      kind === 'adapter' && memberCount > 1 && team ? [team.id] : [],
    ),
  );
  for (const id of teamIds) {
    const members = full.filter(({ kind, team }) => kind === 'adapter' && team?.id === id);
    parts.push(
      sharing === 'one' || sharing === 'any'
        ? `one member of team ${members[0]?.team?.name ?? ''} at a time: ${withSpeeds(members)}`
        : teamWords(problem, placed, id, members, telling),
    );
  }
  for (const { entities, bitsPerSecond } of full.filter(({ kind }) => kind === 'cap')) {
    parts.push(
      `${list(entities.map(({ name }) => name))} is limited to ${formatBitsPerSecond(bitsPerSecond)}`,
    );
  }
  const portals = full.filter(({ kind }) => kind === 'portal');
  if (portals.length > 0) {
    const names = [...new Set(portals.flatMap(({ entities }) => entities.map(({ name }) => name)))];
    const sum = portals.reduce((total, { bitsPerSecond }) => total + bitsPerSecond, 0);
    parts.push(`the other end has ${formatBitsPerSecond(sum)} at ${list(names)}`);
  }
  for (const { entities, bitsPerSecond } of full.filter(({ kind }) => kind === 'card')) {
    parts.push(
      `${list(entities.map(({ name }) => name))} ${entities.length > 1 ? 'share' : 'has'} one slot of ${formatBitsPerSecond(bitsPerSecond)}`,
    );
  }
  const said = parts.join('; ');
  const isFree = ({ near, far, through }: PlacedStream): boolean => {
    const place = placed.placement[near] ?? -1;
    const passed = [
      place,
      problem.links[place]?.behind,
      far === undefined ? undefined : placed.placement[far],
      through,
    ];
    return !passed.some((link) => link !== undefined && placed.full.includes(link));
  };
  const isPaced = sharing === 'in-turn' && problem.streams.some(isFree);
  if (isPaced) {
    return {
      by,
      sentence: sentenceCase(
        `requests go out in strict turn, so the tightest link sets the pace of all ${routes.length} paths: ${said}`,
      ),
    };
  }
  if (sharing === 'one') {
    return {
      by,
      sentence: sentenceCase(
        `one path carries everything, ${isWorst ? 'at worst' : 'at best'} this one: ${said}`,
      ),
    };
  }
  if (sharing === 'any' && isWorst) {
    return { by, sentence: sentenceCase(`only the narrowest single path is certain: ${said}`) };
  }
  return { by, sentence: sentenceCase(said) };
}
