/** The newest rates of a host, as a table in a terminal shows them. */

export interface WatchRow {
  readonly group: 'Adapters' | 'Team NICs and vNICs' | 'iSCSI sessions' | 'MPIO paths' | 'SMB' | 'Disks';
  readonly name: string;
  /** Bytes per second, received or read; null where none can be told. */
  readonly in: number | null;
  /** Sent or written. */
  readonly out: number | null;
  /** What its link carries each way; undefined where it has none of its own. */
  readonly bytesPerSecond?: number;
  /** Of disks. */
  readonly queue?: number | null;
  readonly latencyMs?: number | null;
}

export interface WatchView {
  readonly title: string;
  /** ms since 1970. */
  readonly timeMs: number;
  readonly rows: readonly WatchRow[];
  /** One sentence each. */
  readonly notes: readonly string[];
  /** How long one reading takes inside the host. */
  readonly readingMs?: number;
}
