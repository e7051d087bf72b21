import { describe, expect, it, vi } from 'vitest';
import { codeLifeMs, createSessions, idleLifeMs } from './sessions.ts';

function withClock() {
  const clock = { ms: 1000 };
  const log = vi.fn();
  return { clock, log, sessions: createSessions(() => clock.ms, log) };
}

/** A session that exists. */
function opened() {
  const setup = withClock();
  const token = setup.sessions.redeem(setup.sessions.newCode()) ?? '';
  return { ...setup, token };
}

describe('a one-time code', () => {
  it('has more than 128 bits, and is another each time', () => {
    const { sessions } = withClock();
    const codes = new Set(Array.from({ length: 100 }, () => sessions.newCode()));
    expect(codes.size).toBe(100);
    for (const code of codes) expect(Buffer.from(code, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
  });

  it('is swapped for a token once', () => {
    const { sessions } = withClock();
    const code = sessions.newCode();
    expect(sessions.redeem(code)).toMatch(/^[\w-]{43}$/);
    expect(sessions.redeem(code)).toBeUndefined();
  });

  it('is good until 60 s have passed, and not after', () => {
    const { sessions, clock } = withClock();
    const early = sessions.newCode();
    clock.ms += codeLifeMs - 1;
    expect(sessions.redeem(early)).toBeDefined();
    const late = sessions.newCode();
    clock.ms += codeLifeMs;
    expect(sessions.redeem(late)).toBeUndefined();
  });

  it('makes the one before it void', () => {
    const { sessions } = withClock();
    const first = sessions.newCode();
    sessions.newCode();
    expect(sessions.redeem(first)).toBeUndefined();
  });

  it('is no token', () => {
    const { sessions } = withClock();
    expect(sessions.find(sessions.newCode())).toBeUndefined();
  });
});

describe('a session', () => {
  it('is found by its token alone', () => {
    const { sessions, token } = opened();
    expect(sessions.find(token)).toBeDefined();
    expect(sessions.find(`${token.slice(0, -1)}x`)).toBeUndefined();
    expect(sessions.find('')).toBeUndefined();
  });

  it('ends after 30 minutes without a request, and tells its streams', () => {
    const { sessions, token, clock } = opened();
    clock.ms += idleLifeMs - 1;
    const session = sessions.find(token);
    const onEnd = vi.fn();
    session?.onEnd.add(onEnd);
    clock.ms += idleLifeMs - 1;
    sessions.sweep();
    expect(onEnd).not.toHaveBeenCalled();
    clock.ms += 1;
    expect(sessions.find(token)).toBeUndefined();
    sessions.sweep();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('ends when all are ended, as does the code that waits', () => {
    const { sessions, token } = opened();
    const code = sessions.newCode();
    const onEnd = vi.fn();
    sessions.find(token)?.onEnd.add(onEnd);
    sessions.endAll();
    expect(onEnd).toHaveBeenCalledOnce();
    expect(sessions.find(token)).toBeUndefined();
    expect(sessions.redeem(code)).toBeUndefined();
  });

  it('gives way when many more are opened', () => {
    const { sessions, token } = opened();
    for (let count = 0; count < 8; count += 1) sessions.redeem(sessions.newCode());
    expect(sessions.find(token)).toBeUndefined();
  });
});

describe('guessing', () => {
  it('is answered with delay after five misses within a minute, and logged without what was guessed', () => {
    const { sessions, clock, log } = withClock();
    for (let count = 0; count < 4; count += 1) sessions.find('guess-guess-guess-guess');
    expect(sessions.isUnderAttack()).toBe(false);
    sessions.redeem('guess-guess-guess-guess');
    expect(sessions.isUnderAttack()).toBe(true);
    expect(log).toHaveBeenCalledOnce();
    expect(JSON.stringify(log.mock.calls)).not.toContain('guess-guess');
    clock.ms += 60_000;
    expect(sessions.isUnderAttack()).toBe(false);
  });

  it('does not shut out who has the right token', () => {
    const { sessions, token } = opened();
    for (let count = 0; count < 20; count += 1) sessions.find('guess-guess-guess-guess');
    expect(sessions.find(token)).toBeDefined();
  });
});
