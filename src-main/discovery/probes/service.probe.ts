/** Win32_Service, in the words of Get-Service: whether the services that storage rests on run. */
import type { ServiceRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, wordOrOther } from '../read-values.ts';

const statuses = {
  1: 'Stopped',
  2: 'StartPending',
  3: 'StopPending',
  4: 'Running',
  5: 'ContinuePending',
  6: 'PausePending',
  7: 'Paused',
};

const startTypes = { 0: 'Boot', 1: 'System', 2: 'Automatic', 3: 'Manual', 4: 'Disabled' };

/** Win32_Service shortens one of the words. */
const asGetService = (startType: string) => (/^auto$/i.test(startType) ? 'Automatic' : startType);

export const probe = defineProbe({
  name: 'Service',
  record: recordOf<ServiceRecord>({
    name: key('Name', text),
    status: maybe('Status', wordOrOther(statuses)),
    startType: maybe('StartType', wordOrOther(startTypes).transform(asGetService)),
  }),
});
