/** Who may talk to the browser shell: one-time codes, and the session tokens they are swapped for. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const codeLifeMs = 60_000;
export const idleLifeMs = 30 * 60_000;
const missWindowMs = 60_000;
const missesBeforeDelay = 5;
/** Each open page is a session; older ones give way. */
const mostSessions = 8;

export interface Session {
  /** Called when the session ends. */
  readonly onEnd: Set<() => void>;
}

export interface Sessions {
  /** A fresh code; the one before it is void. */
  readonly newCode: () => string;
  /** The session token, once; undefined where the code is wrong, used or late. */
  readonly redeem: (code: string) => string | undefined;
  /** The session of a token; asking keeps it alive. */
  readonly find: (token: string) => Session | undefined;
  /** True after five wrong codes or tokens within a minute: answers to further ones are to be delayed. */
  readonly isUnderAttack: () => boolean;
  /** Ends what has been idle for too long. */
  readonly sweep: () => void;
  readonly endAll: () => void;
}

interface Held extends Session {
  readonly hash: Buffer;
  usedAtMs: number;
}

/** `nowMs` is a monotonic clock. */
export function createSessions(nowMs: () => number, log: (line: string) => void): Sessions {
  let code: { hash: Buffer; madeAtMs: number } | undefined;
  let sessions: Held[] = [];
  let missesAtMs: number[] = [];

  // Only hashes are held and compared, all of one length and each in constant time.
  const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
  const makeSecret = (): string => randomBytes(32).toString('base64url');

  const miss = (): undefined => {
    const now = nowMs();
    missesAtMs = [...missesAtMs.filter((at) => now - at < missWindowMs), now].slice(-missesBeforeDelay);
    if (missesAtMs.length === missesBeforeDelay) {
      log(
        `${missesBeforeDelay} wrong codes or tokens within a minute: someone is guessing. Answers are delayed.`,
      );
    }
    return undefined;
  };

  const end = (ended: readonly Held[]): void => {
    sessions = sessions.filter((session) => !ended.includes(session));
    for (const session of ended) for (const tell of session.onEnd) tell();
  };

  const isIdle = (session: Held): boolean => nowMs() - session.usedAtMs >= idleLifeMs;

  return {
    newCode: () => {
      const secret = makeSecret();
      code = { hash: hash(secret), madeAtMs: nowMs() };
      return secret;
    },
    redeem: (presented) => {
      const isRight = timingSafeEqual(hash(presented), code?.hash ?? randomBytes(32));
      if (!isRight || code === undefined) {
        miss();
        return;
      }
      const isLate = nowMs() - code.madeAtMs >= codeLifeMs;
      code = undefined;
      if (isLate) {
        miss();
        return;
      }
      if (sessions.length >= mostSessions) end(sessions.slice(0, 1));
      const token = makeSecret();
      sessions.push({ hash: hash(token), usedAtMs: nowMs(), onEnd: new Set() });
      return token;
    },
    find: (presented) => {
      const presentedHash = hash(presented);
      // Every session is compared, so that the time does not say which one came near.
      const found = sessions.filter((session) => timingSafeEqual(session.hash, presentedHash))[0];
      if (found === undefined || isIdle(found)) {
        miss();
        return;
      }
      found.usedAtMs = nowMs();
      return found;
    },
    isUnderAttack: () => missesAtMs.filter((at) => nowMs() - at < missWindowMs).length >= missesBeforeDelay,
    sweep: () => end(sessions.filter(isIdle)),
    endAll: () => {
      code = undefined;
      end(sessions);
    },
  };
}
