/** A thousand calls over a shell with Windows line ends, while Node is kept busy at random. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSession } from '../../src-main/powershell/session.ts';
import { standIn } from './stand-in/launch.ts';

const sessionCount = 8;
const callsEach = 125;

/** Numbers between 0 and 1, the same in every run. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function blockThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('1,000 calls with the main thread blocked for 0 to 500 ms at random: each is answered, by the first process', async () => {
  const sessions = Array.from({ length: sessionCount }, () =>
    openSession({ engine: standIn({ lineEnd: 'crlf' }) }),
  );
  const firstPids = await Promise.all(
    sessions.map((session) => session.run({ script: 'pid', deadlineMs: 60_000 })),
  );
  expect(firstPids.every((answer) => answer.ok)).toBe(true);

  let answered = 0;
  const callers = sessions.map(async (session, caller) => {
    for (let count = 0; count < callsEach; count += 1) {
      const parameters = { Caller: caller, Count: count };
      const answer = await session.run({ script: 'echo', parameters, deadlineMs: 60_000 });
      expect(answer).toMatchObject({ ok: true, value: { data: [parameters] } });
      answered += 1;
    }
  });
  const done = Promise.all(callers);
  const random = randomNumbers(7);
  while (answered < sessionCount * callsEach) {
    // Short blocks more often than long ones, up to the whole half second.
    blockThread(random.next().value * random.next().value * 500);
    // One turn of the event loop and a little more: what has arrived meanwhile is read in one piece.
    await pause(random.next().value * 5);
  }
  await done;

  expect(answered).toBe(1_000);
  const lastPids = await Promise.all(
    sessions.map((session) => session.run({ script: 'pid', deadlineMs: 60_000 })),
  );
  expect(lastPids).toEqual(firstPids);
  await Promise.all(sessions.map((session) => session.close()));
}, 400_000);
