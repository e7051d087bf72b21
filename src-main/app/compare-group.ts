/**
 * The calls of the group `compare`: a capture file that the person chose, against the last look. The page never names a
 * file: the person chooses it in the window, and its bytes come in pieces that fit into a request. They are kept until
 * the answer is given, another file begins, or nothing more comes.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { comparedPartBytes, comparedPieceBytes, mostComparedBytes } from '#shared/host-diff.ts';
import { fail, succeed } from '#shared/result.ts';
import { readCaptureBytes } from '../discovery/capture-file.ts';
import { compareCaptures } from './compare-captures.ts';
import { settingsFor, type SettingsStore } from './host-settings.ts';
import type { HostWatch } from './host-watch.ts';
import type { GroupSchemas } from './request-schemas.ts';

/** A window that was closed in the middle sends no more; its bytes go then. */
const keptForMs = 60_000;

const uploadId = z.string().regex(/^[0-9a-f]{32}$/);

export const compareSchemas: GroupSchemas<'compare'> = {
  begin: z.strictObject({ bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  piece: z.strictObject({
    uploadId,
    index: z
      .int()
      .min(0)
      .max(Math.ceil(mostComparedBytes / comparedPieceBytes)),
    parts: z
      .array(
        z
          .base64()
          .min(4)
          .max((comparedPartBytes / 3) * 4),
      )
      .min(1)
      .max(comparedPieceBytes / comparedPartBytes),
  }),
  finish: z.strictObject({ uploadId }),
};

interface Upload {
  readonly id: string;
  readonly bytes: number;
  readonly pieces: Buffer[];
  received: number;
}

export function compareHandlers(watch: HostWatch, store: SettingsStore): MainHandlers['compare'] {
  let upload: Upload | undefined;
  let idle: NodeJS.Timeout | undefined;
  const forget = (): void => {
    clearTimeout(idle);
    upload = undefined;
  };
  const wait = (): void => {
    clearTimeout(idle);
    idle = setTimeout(forget, keptForMs).unref();
  };
  const isGone = fail('refused', 'The file is no longer being received.', {
    remedy: 'Choose it again. One file is compared at a time.',
  });
  const wrongPiece = fail('bad-request', 'The pieces of the file do not follow one another.', {
    remedy: 'Choose the file again.',
  });

  return {
    begin: ({ bytes }) => {
      forget();
      if (watch.capture() === undefined) {
        return fail('refused', 'The host has not been looked at yet, so there is nothing to compare with.');
      }
      if (bytes > mostComparedBytes) {
        return fail(
          'bad-file',
          `The chosen file has ${Math.ceil(bytes / 1024 / 1024)} MB; a window takes up to ${mostComparedBytes / 1024 / 1024} MB.`,
          {
            remedy:
              'Pack it with gzip, take a capture without samples, or compare in a terminal: switchyard diff EARLIER LATER.',
          },
        );
      }
      upload = { id: randomBytes(16).toString('hex'), bytes, pieces: [], received: 0 };
      wait();
      return succeed({ uploadId: upload.id });
    },
    piece: ({ uploadId: id, index, parts }) => {
      if (upload?.id !== id) return isGone;
      const piece = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
      // Each but the last one is full: a file in pieces of a byte would take far more memory than it has bytes.
      const due = Math.min(comparedPieceBytes, upload.bytes - upload.received);
      if (index !== upload.pieces.length || piece.length !== due) {
        forget();
        return wrongPiece;
      }
      upload.pieces.push(piece);
      upload.received += piece.length;
      wait();
      return succeed({ received: upload.received });
    },
    finish: async ({ uploadId: id }) => {
      if (upload?.id !== id) return isGone;
      const { pieces, received, bytes } = upload;
      forget();
      if (received !== bytes) return wrongPiece;
      const chosen = await readCaptureBytes('The chosen file', Buffer.concat(pieces, received));
      if (!chosen.ok) return chosen;
      const look = watch.capture();
      if (look === undefined) return isGone;
      const settings = await settingsFor(store, look, Date.now());
      const isEarlier = Date.parse(chosen.value.takenAt) <= Date.parse(look.takenAt);
      return succeed({
        diff: isEarlier
          ? compareCaptures(chosen.value, look, settings)
          : compareCaptures(look, chosen.value, settings),
        file: isEarlier ? 'before' : 'after',
      });
    },
  };
}
