/** The exit codes, which scripts rely on. */
export const exitCodes = {
  fine: 0,
  warning: 1,
  error: 2,
  /** The check could not be made. */
  notMade: 3,
  wrongCall: 64,
  interrupted: 130,
} as const;
