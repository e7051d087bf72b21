/** How many columns text takes in a terminal, and lines that fit into them. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** East Asian wide and full-width characters, and what terminals draw as emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;

export function textWidth(text: string): number {
  // Most text is plain: no need to cut it into characters.
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += wide.test(segment) ? 2 : /^\p{Mark}/u.test(segment) ? 0 : 1;
  }
  return width;
}

/** Breaks at spaces; a word that is longer than a line is cut. At least one line, none wider than `width` (min. 8). */
export function wrapText(text: string, width: number): string[] {
  const limit = Math.max(8, width);
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ').flatMap((part) => cutWord(part, limit))) {
    if (line === undefined) line = word;
    else if (textWidth(line) + 1 + textWidth(word) <= limit) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line ?? ''];
}

function cutWord(word: string, limit: number): string[] {
  if (textWidth(word) <= limit) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segmenter.segment(word)) {
    if (textWidth(part) + textWidth(segment) > limit) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}
