/**
 * Wildcards as PowerShell's cmdlets mean them, without case: `*`, `?` and `[a-c]`. A backtick before one of them makes
 * it an ordinary letter. So a name with brackets that nobody escaped means other names than its own.
 */

type Piece = { readonly literal: string } | { readonly pattern: string };

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&');
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '`' && /[*?[\]`]/.test(text.charAt(at + 1))) {
      at += 1;
      pieces.push({ literal: text.charAt(at) });
    } else if (letter === '*') {
      pieces.push({ pattern: '.*' });
    } else if (letter === '?') {
      pieces.push({ pattern: '.' });
    } else if (letter === '[' && text.indexOf(']', at + 2) > 0) {
      const end = text.indexOf(']', at + 2);
      const inside = text.slice(at + 1, end).replace(/[\\\]^]/g, '\\$&');
      pieces.push({ pattern: `[${inside}]` });
      at = end;
    } else {
      pieces.push({ literal: letter });
    }
  }
  return pieces;
}

export function hasWildcard(text: string): boolean {
  return piecesOf(text).some((piece) => 'pattern' in piece);
}

/** The text that a pattern without wildcards stands for. */
function unescaped(text: string): string {
  return piecesOf(text)
    .map((piece) => ('literal' in piece ? piece.literal : ''))
    .join('');
}

/** A test for one of several patterns. */
export function anyOf(patterns: readonly string[]): (text: string) => boolean {
  const exact = new Set(
    patterns.filter((text) => !hasWildcard(text)).map((text) => unescaped(text).toLowerCase()),
  );
  const wild = patterns.filter(hasWildcard).map((text) => {
    const source = piecesOf(text)
      .map((piece) => ('literal' in piece ? quoted(piece.literal) : piece.pattern))
      .join('');
    return new RegExp(`^${source}$`, 'is');
  });
  return (text) => exact.has(text.toLowerCase()) || wild.some((pattern) => pattern.test(text));
}
