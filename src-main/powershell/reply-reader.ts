/** Finds replies in what a PowerShell process writes to its standard output, however the text is cut into chunks. */

/** `<mark id length payload mark>`; see resources/powershell/session/Start-Session.ps1. */
export type ReplyEvent =
  | { readonly type: 'reply'; readonly id: string; readonly payload: string }
  /** A reply began and did not end as it should. */
  | { readonly type: 'broken'; readonly reason: string };

export interface ReplyReader {
  /** Feeds the next chunk. Events and noise are handed over in the order they stand in the text. */
  readonly push: (chunk: string) => void;
  /** Whether a reply has begun and its end has not come yet. */
  readonly isInside: () => boolean;
}

export interface ReplyReaderOptions {
  /** Random for each process; must not hold white space or a character of base64 alone. */
  readonly mark: string;
  readonly onEvent: (event: ReplyEvent) => void;
  /** Everything that is not part of a reply. */
  readonly onNoise: (text: string) => void;
}

const header = /^([\w-]{1,64}) (\d{1,10}) ([A-Za-z0-9+/=]*)$/;

/** What stands between the two marks, as an event. */
function readBody(body: string): ReplyEvent {
  const parts = header.exec(body);
  if (parts === null) return { type: 'broken', reason: 'the reply has no id, length and payload' };
  const [, id = '', length, payload = ''] = parts;
  if (Number(length) !== payload.length) {
    return {
      type: 'broken',
      reason: `the reply says ${String(length)} characters and has ${payload.length}`,
    };
  }
  return { type: 'reply', id, payload };
}

export function createReplyReader({ mark, onEvent, onNoise }: ReplyReaderOptions): ReplyReader {
  const startToken = `<${mark} `;
  const endToken = ` ${mark}>`;
  /** Outside: the tail that may be the beginning of a start token. Inside: the tail that may be that of an end token. */
  let tail = '';
  /** The chunks of the reply so far, without the tail; undefined outside a reply. Joined once, at the end. */
  let body: string[] | undefined;

  function readOutside(text: string): string {
    const start = text.indexOf(startToken);
    if (start >= 0) {
      if (start > 0) onNoise(text.slice(0, start));
      body = [];
      return text.slice(start + startToken.length);
    }
    const keep = overlap(text, startToken);
    if (text.length > keep) onNoise(text.slice(0, text.length - keep));
    tail = text.slice(text.length - keep);
    return '';
  }

  function readInside(text: string, chunks: string[]): string {
    const end = text.indexOf(endToken);
    const lineEnd = text.indexOf('\n');
    if (lineEnd >= 0 && (end < 0 || lineEnd < end)) {
      // A reply is one line: this one was cut off, and what follows is not part of it.
      body = undefined;
      onEvent({ type: 'broken', reason: 'the reply ends in the middle' });
      return text.slice(lineEnd);
    }
    if (end >= 0) {
      chunks.push(text.slice(0, end));
      body = undefined;
      onEvent(readBody(chunks.join('')));
      return text.slice(end + endToken.length);
    }
    const keep = overlap(text, endToken);
    chunks.push(text.slice(0, text.length - keep));
    tail = text.slice(text.length - keep);
    return '';
  }

  return {
    push(chunk) {
      let text = tail + chunk;
      tail = '';
      while (text !== '') text = body === undefined ? readOutside(text) : readInside(text, body);
    },
    isInside: () => body !== undefined,
  };
}

/** How many characters at the end of `text` are the beginning of `token`. */
function overlap(text: string, token: string): number {
  for (let length = Math.min(token.length - 1, text.length); length > 0; length -= 1) {
    if (token.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
