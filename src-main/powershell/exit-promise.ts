/** The end of a process as something to wait for that forgets who waited. */

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface ForgetfulPromise {
  /** To be awaited or raced like the promise it was made of. */
  readonly waitable: PromiseLike<void>;
  /** Lets go of all who wait now; they are never told. */
  readonly forget: () => void;
}

/**
 * A promise keeps whatever ever waited for it until it is settled. node-powershell races each command, and with it all
 * that the command printed, against the end of the process: without this a process that is asked each second keeps
 * hundreds of MB an hour.
 */
export function forgetful(promise: Promise<void>): ForgetfulPromise {
  let waiters: Waiter[] = [];
  let isOver = false;
  const settle = (tell: (waiter: Waiter) => void): void => {
    isOver = true;
    waiters.forEach(tell);
    waiters = [];
  };
  promise.then(
    () => settle(({ resolve }) => resolve()),
    (error: unknown) => settle(({ reject }) => reject(error)),
  );
  return {
    waitable: {
      then: (onFulfilled, onRejected) => {
        if (isOver) return promise.then(onFulfilled, onRejected);
        const waiting = new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
        return waiting.then(onFulfilled, onRejected);
      },
    },
    forget: () => {
      waiters = [];
    },
  };
}
