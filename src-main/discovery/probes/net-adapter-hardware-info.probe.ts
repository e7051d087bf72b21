/** Get-NetAdapterHardwareInfo: where each adapter sits on the PCI bus. */
import type { NetAdapterHardwareRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, wholeNumberOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterHardwareInfo',
  record: recordOf<NetAdapterHardwareRecord>({
    name: key('Name', text),
    segment: maybe(['SegmentNumber', 'Segment'], wholeNumberOrNull),
    bus: maybe(['BusNumber', 'Bus'], wholeNumberOrNull),
    device: maybe(['DeviceNumber', 'Device'], wholeNumberOrNull),
    function: maybe(['FunctionNumber', 'Function'], wholeNumberOrNull),
    slot: maybe(['SlotNumber', 'Slot'], wholeNumberOrNull),
    pcieLinkWidth: maybe('PciExpressCurrentLinkWidth', wholeNumberOrNull),
    pcieLinkSpeedCode: maybe('PciExpressCurrentLinkSpeedEncoded', wholeNumberOrNull),
  }),
});
