/** Get-WindowsFeature, or Get-WindowsOptionalFeature on a workstation: which roles and features are there. */
import type { WindowsFeatureRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, keyFrom, maybe, recordOf, valueOf } from '../read-record.ts';
import { bool, text, trimmedText } from '../read-values.ts';

/** Pending states are not there yet, or still there: only `Installed` says which. */
const installed = /^(?:installed|enabled)$/i;

function isInstalled(flag: unknown, installState: unknown, state: unknown): boolean | undefined {
  const said = valueOf(bool, flag);
  if (said !== undefined) return said;
  const words = valueOf(trimmedText, installState ?? state);
  return words === undefined ? undefined : installed.test(words);
}

export const probe = defineProbe({
  name: 'WindowsFeature',
  record: recordOf<WindowsFeatureRecord>({
    name: key('Name', text),
    isInstalled: keyFrom(['Installed', 'InstallState', 'State'], isInstalled),
    installState: maybe(['InstallState', 'State'], text),
  }),
});
