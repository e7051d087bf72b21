/** Words for a load, said alike in the window and in the terminal. */
import type { LoadPhase } from './load.ts';

export const phaseWords: Readonly<Record<LoadPhase, string>> = {
  counting: 'Counting what moves without it',
  opening: 'Checking and opening what is read',
  reading: 'Reading',
  over: 'Over',
};
