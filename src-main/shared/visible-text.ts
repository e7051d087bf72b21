/** Text that others chose (names, messages of the host), made safe to show: what cannot be seen is spelt out. */

/**
 * Control characters, the ones that turn the direction of text, invisible separators, tags, lone surrogates and what is
 * no character. The zero-width joiners stay: Persian and emoji need them.
 */
const invisible =
  // eslint-disable-next-line no-control-regex -- Control characters are what this is about.
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** `a`, U+202E, `b` → `a\u202Eb`. Line ends and tabs become a space. */
export function visibleText(text: string): string {
  return text.replace(/\r\n?|[\n\t]/g, ' ').replace(invisible, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
