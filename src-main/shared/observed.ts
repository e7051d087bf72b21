/** What the host said, for whoever wants to see it: the answers as they came, and the records that no check carries. */
import type { Capture, ItemError, ObservationError, ObservationName, RawItem } from './capture.ts';
import type { NetAdapterRecord, PacketProbeRecord } from './host/network-records.ts';
import type { Reading } from './host/snapshot.ts';
import type {
  ComputerSystemRecord,
  OperatingSystemRecord,
  ServiceRecord,
  WindowsFeatureRecord,
} from './host/system-records.ts';

/** A piece of one answer. Answers can be tens of MB: `next` says where to go on. */
export interface ObservationPart {
  readonly name: ObservationName;
  readonly status: 'ok' | 'unavailable' | 'failed';
  readonly durationMs: number;
  /** Present exactly where the status is not `ok`. */
  readonly error?: ObservationError;
  readonly itemErrors: readonly ItemError[];
  /** Of the items `from` and following, in the host's order; those too large to send are left out. */
  readonly items: readonly RawItem[];
  readonly from: number;
  /** All items of the answer. */
  readonly total: number;
  /** How many of this piece were left out because one alone is too large. */
  readonly tooLarge: number;
  /** Where the next piece begins; absent at the end. */
  readonly next?: number;
}

interface ObservationSummary {
  readonly name: ObservationName;
  readonly status: 'ok' | 'unavailable' | 'failed';
  readonly durationMs: number;
  /** Absent where there was no answer. */
  readonly items?: number;
}

/** The last look that gave a capture. */
export interface LookRecord {
  readonly tool: Capture['tool'];
  readonly redacted: boolean;
  /** In the order of observationNames; what was not asked is not here. */
  readonly observations: readonly ObservationSummary[];
  /** Names that only a newer Switchyard knows, at most a hundred of them. */
  readonly unknownNames: readonly string[];
}

/** Records that tables show and that the model has no need of. */
export interface HostRecords {
  readonly adapters: Reading<NetAdapterRecord>;
  readonly services: Reading<ServiceRecord>;
  readonly features: Reading<WindowsFeatureRecord>;
  readonly computer: Reading<ComputerSystemRecord>;
  readonly operatingSystem: Reading<OperatingSystemRecord>;
  readonly packets: Reading<PacketProbeRecord>;
}
