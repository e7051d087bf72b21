/**
 * What labels of the map need, and where their text breaks: worked out from the letters alone, so that the same host
 * gives the same picture on every machine, and a report has the lines that the window shows.
 */

/** Widths of labels, in heights of their text. */
const narrowestLabel = 4.4;
const widestLabel = 9.5;
const oneLineLabel = 7.5;
/** Up to here a name keeps its one line however little room there is. */
const shortLabel = 5.7;
/** The words below a name are written smaller. */
export const detailSize = 0.92;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Scripts whose letters are as wide as they are high, and pictures. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\p{Extended_Pictographic}]/u;

/** A text's width in ems, on the safe side. */
function widthInEms(text: string): number {
  let width = 0;
  for (const character of text) {
    if (wide.test(character)) width += 1.15;
    else if (/[ .,:;'|!ilIjtfr()[\]]/.test(character)) width += 0.34;
    else width += /[A-ZMWmw@%&→]/.test(character) ? 0.74 : 0.58;
  }
  return width;
}

/** Where a name may break best: after what joins its words, and before a capital inside a word (not in iSCSI). */
export function breakable(name: string): string[] {
  return name.split(/(?<=[\s.\-_:/\\→])|(?<=\p{Ll}{2})(?=\p{Lu})/u);
}

/** The width of a column's labels: a short name stands in one line, a long one in two. */
export function labelWidth(
  names: readonly string[],
  details: readonly string[],
  fontPx: number,
  squeeze: number,
): number {
  const padding = 0.4;
  const texts = [
    ...names.map((name) => ({ ems: widthInEms(name) + padding, longest: longestPart(name) + padding })),
    ...details.map((detail) => ({
      ems: widthInEms(detail) * detailSize + padding,
      longest: longestPart(detail) * detailSize + padding,
    })),
  ];
  const wishes = texts.map(({ ems }) =>
    // Two lines never break where they would be even: the longer is up to two thirds of the text.
    ems <= oneLineLabel ? ems : Math.max(oneLineLabel, ems * 0.66),
  );
  const needs = texts.map(({ ems, longest }) => (ems <= shortLabel ? ems : Math.min(shortLabel, longest)));
  const wish = Math.min(widestLabel, Math.max(narrowestLabel, ...wishes));
  const need = Math.min(wish, Math.max(narrowestLabel, ...needs));
  return Math.round((wish - (wish - need) * squeeze) * fontPx);
}

function longestPart(text: string): number {
  return Math.max(0, ...breakable(text).map((part) => widthInEms(part.trimEnd())));
}

/** Lines that a text takes in so many ems, each filled up with whole parts; two at most are shown. */
export function linesOf(text: string, ems: number): number {
  if (text === '') return 0;
  let left = ems;
  for (const part of breakable(text)) {
    left -= widthInEms(part);
    if (left + 0.35 < 0) return 2;
  }
  return 1;
}

/**
 * The lines themselves, at most `most`, for a picture that breaks no text by itself. What has no room ends in dots; a
 * part that is too long for a line is cut in it.
 */
export function labelLines(text: string, ems: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of breakable(text).flatMap((long) => cutToFit(long, ems))) {
    if (line !== '' && widthInEms(line + part.trimEnd()) > ems + 0.35) {
      lines.push(line.trimEnd());
      line = part;
    } else line += part;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  const last = lines[most - 1];
  return lines.length <= most || last === undefined
    ? lines
    : [...lines.slice(0, most - 1), shortened(`${last}…`, ems)];
}

function cutToFit(part: string, ems: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of characters.segment(part)) {
    if (piece !== '' && widthInEms(piece + segment) > ems + 0.35) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** The text where it fits, or as much of its beginning as does, with dots at its end. */
export function shortened(text: string, ems: number): string {
  if (widthInEms(text) <= ems + 0.35) return text;
  let kept = '';
  for (const { segment } of characters.segment(text.replace(/…$/, ''))) {
    if (widthInEms(`${kept}${segment}…`) > ems + 0.35) break;
    kept += segment;
  }
  return `${kept}…`;
}
