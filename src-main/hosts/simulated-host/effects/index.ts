/** Every changing command, in one place. */
import type { ChangingCommand } from '../command.ts';
import { featureChanges } from './features.ts';
import { ipChanges } from './ip.ts';
import { iscsiChanges } from './iscsi.ts';
import { mpioChanges } from './mpio.ts';
import { serviceChanges } from './services.ts';

export const changes: Readonly<Record<string, ChangingCommand>> = {
  ...featureChanges,
  ...ipChanges,
  ...iscsiChanges,
  ...mpioChanges,
  ...serviceChanges,
};
