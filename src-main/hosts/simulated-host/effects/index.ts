/** Every changing command, in one place. */
import type { ChangingCommand } from '../command.ts';
import { adapterChanges } from './adapters.ts';
import { featureChanges } from './features.ts';
import { hyperVChanges } from './hyper-v.ts';
import { ipChanges } from './ip.ts';
import { iscsiChanges } from './iscsi.ts';
import { mpioChanges } from './mpio.ts';
import { programChanges } from './programs.ts';
import { serviceChanges } from './services.ts';
import { smbChanges } from './smb.ts';
import { taskChanges } from './tasks.ts';
import { teamChanges } from './teams.ts';

export const changes: Readonly<Record<string, ChangingCommand>> = {
  ...adapterChanges,
  ...featureChanges,
  ...hyperVChanges,
  ...ipChanges,
  ...iscsiChanges,
  ...mpioChanges,
  ...programChanges,
  ...serviceChanges,
  ...smbChanges,
  ...taskChanges,
  ...teamChanges,
};
