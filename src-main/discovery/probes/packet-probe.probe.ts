/** Echoes of full size over one pair of addresses; asked for on request, once for each pair. */
import type { PacketEchoRecord, PacketProbeRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { countNumber, ipAddress, listOf, text, wholeNumberOrNull } from '../read-values.ts';

const echo = recordOf<PacketEchoRecord>({
  packetBytes: key('PacketBytes', countNumber),
  sent: key('Sent', countNumber),
  answered: key('Answered', countNumber),
});

export const probe = defineProbe({
  name: 'PacketProbe',
  // Nine echoes at most, a second each; three at once share a processor with the rest.
  deadlineMs: 30_000,
  record: recordOf<PacketProbeRecord>({
    sourceAddress: key('SourceAddress', ipAddress),
    destinationAddress: key('DestinationAddress', ipAddress),
    packetBytes: maybe('PacketBytes', wholeNumberOrNull),
    // Without them a pair that failed would look like one that was not tried.
    echoes: key('Echoes', listOf(echo)),
    at: maybe('At', text),
    durationMs: maybe('DurationMs', countNumber),
    reason: maybe('Reason', text),
  }),
});
