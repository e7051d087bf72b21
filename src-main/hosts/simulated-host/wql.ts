/** The part of WQL that `Get-CimInstance -Filter` and `-Query` need: comparisons joined by AND, OR and NOT. */
import { plain, type Properties } from './cim.ts';

type Condition = (row: Properties) => boolean;

const tokenPattern =
  /\s*(?:(\()|(\))|(<>|!=|<=|>=|=|<|>)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([\w.-]+))/gy;

type Token =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'operator' | 'text' | 'word'; readonly value: string };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(tokenPattern)) {
    end = match.index + match[0].length;
    const [, open, close, operator, single, double, word] = match;
    if (open !== undefined) tokens.push({ kind: 'open' });
    else if (close !== undefined) tokens.push({ kind: 'close' });
    else if (operator !== undefined) tokens.push({ kind: 'operator', value: operator });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else tokens.push({ kind: 'text', value: (single ?? double ?? '').replace(/\\(.)/g, '$1') });
  }
  if (text.slice(end).trim() !== '') throw new Error(`Not WQL: ${text}`);
  return tokens;
}

/** A pattern with `*` and `?` (PowerShell) or `%` and `_` (WQL LIKE), without case. */
function matcherOf(pattern: string, any: string, one: string): (text: string) => boolean {
  const source = pattern.replace(/[\s\S]/gu, (letter) =>
    letter === any ? '.*' : letter === one ? '.' : letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'),
  );
  const expression = new RegExp(`^${source}$`, 'isu');
  return (text) => expression.test(text);
}

function valueOf(row: Properties, name: string): string | number | boolean | null {
  const key = Object.keys(row).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (key === undefined) throw new Error(`Not a property of the class: ${name}`);
  return plain(row[key]);
}

/** Without case for text; by value where both sides are numbers. */
function compare(left: string | number | boolean | null, right: string): number | undefined {
  if (left === null) return undefined;
  const a = String(left).toLowerCase();
  const b = right.toLowerCase();
  if (/^-?\d+$/.test(a) && /^-?\d+$/.test(b)) {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

/** The test that a filter makes of a row. Throws where the text is not understood or names no property. */
export function filterOf(text: string): Condition {
  const tokens = tokensOf(text);
  let position = 0;
  const peekWord = (word: string) => {
    const token = tokens[position];
    return token?.kind === 'word' && token.value.toLowerCase() === word;
  };
  const fail = (): never => {
    throw new Error(`Not WQL: ${text}`);
  };

  function either(): Condition {
    let left = both();
    while (peekWord('or')) {
      position += 1;
      const first = left;
      const second = both();
      left = (row) => first(row) || second(row);
    }
    return left;
  }
  function both(): Condition {
    let left = single();
    while (peekWord('and')) {
      position += 1;
      const first = left;
      const second = single();
      left = (row) => first(row) && second(row);
    }
    return left;
  }
  function single(): Condition {
    if (peekWord('not')) {
      position += 1;
      const inner = single();
      return (row) => !inner(row);
    }
    const token = tokens[position++];
    if (token?.kind === 'open') {
      const inner = either();
      if (tokens[position++]?.kind !== 'close') fail();
      return inner;
    }
    return token?.kind === 'word' ? comparison(token.value) : fail();
  }
  function comparison(name: string): Condition {
    if (peekWord('like')) {
      position += 1;
      const pattern = tokens[position++];
      if (pattern?.kind !== 'text') return fail();
      const matches = matcherOf(pattern.value, '%', '_');
      return (row) => {
        const value = valueOf(row, name);
        return value !== null && matches(String(value));
      };
    }
    if (peekWord('is')) {
      position += 1;
      const isNot = peekWord('not');
      if (isNot) position += 1;
      if (!peekWord('null')) fail();
      position += 1;
      return (row) => (valueOf(row, name) === null) !== isNot;
    }
    const operator = tokens[position++];
    const right = tokens[position++];
    if (operator?.kind !== 'operator' || (right?.kind !== 'text' && right?.kind !== 'word')) return fail();
    const holds = operators[operator.value] ?? fail();
    return (row) => {
      const order = compare(valueOf(row, name), right.value);
      return order !== undefined && holds(order);
    };
  }

  const condition = either();
  if (position !== tokens.length) fail();
  return condition;
}

/** `SELECT a, b FROM Class WHERE ...`. Throws where it is something else. */
export function readQuery(query: string): {
  readonly className: string;
  readonly properties?: readonly string[];
  readonly filter?: string;
} {
  const match = /^\s*select\s+(.+?)\s+from\s+(\w+)(?:\s+where\s+(.+))?\s*$/is.exec(query);
  const [, columns = '', className, filter] = match ?? [];
  if (className === undefined) throw new Error(`Not WQL: ${query}`);
  return {
    className,
    ...(columns.trim() === '*' ? {} : { properties: columns.split(',').map((name) => name.trim()) }),
    ...(filter === undefined ? {} : { filter }),
  };
}
