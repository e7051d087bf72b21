/** What echoes that must not be fragmented say about the way between two addresses. */
import type { PacketProbeRecord } from './host/network-records.ts';

/** One pair of addresses to send packets between, or why that is not to be. */
export interface PacketPair {
  readonly from: string;
  readonly to: string;
  /** The largest packet that the interface of `from` sends, in bytes; null where it is not known. */
  readonly packetBytes: number | null;
  /** Why nothing is sent. */
  readonly reason?: string;
}

/**
 * `too-big`: smaller packets are answered and full ones are not. `no-answer` is no verdict: whoever answers no echoes, or
 * small ones only, may carry every packet.
 */
export type PacketVerdict = 'passed' | 'too-big' | 'no-answer' | 'not-tried';

/** A small echo proves little about size: many an end refuses larger ones than such. */
const smallBytes = 100;

/** The largest packet that was answered, in bytes; 0 where none was. */
export function largestAnswered({ echoes }: PacketProbeRecord): number {
  return Math.max(0, ...echoes.flatMap(({ packetBytes, answered }) => (answered > 0 ? packetBytes : [])));
}

export function packetVerdict(probe: PacketProbeRecord): PacketVerdict {
  const { echoes, packetBytes } = probe;
  if (echoes.length === 0 || packetBytes === undefined || packetBytes === null) return 'not-tried';
  if (largestAnswered(probe) >= packetBytes) return 'passed';
  const full = echoes.find((echo) => echo.packetBytes === packetBytes);
  const isFullLost = full !== undefined && full.sent >= 2 && full.answered === 0;
  // All of them: where smaller ones are lost as well, full ones may have been lost for the same reason.
  const isLessAnswered = echoes.some(
    (echo) =>
      echo.packetBytes < packetBytes &&
      echo.packetBytes > smallBytes &&
      echo.sent > 0 &&
      echo.answered === echo.sent,
  );
  return isFullLost && isLessAnswered ? 'too-big' : 'no-answer';
}

/** In words, as people are shown it. */
export const verdictWords: Readonly<Record<PacketVerdict, string>> = {
  passed: 'passed',
  'too-big': 'needs fragmentation',
  'no-answer': 'no answer',
  'not-tried': 'not tried',
};

/** What stands behind a verdict that is none; null where the verdict says it all. */
export function whyNoVerdict(probe: PacketProbeRecord): string | null {
  switch (packetVerdict(probe)) {
    case 'no-answer':
      if (largestAnswered(probe) === 0) return 'echoes are blocked, which says nothing';
      return largestAnswered(probe) <= smallBytes
        ? 'larger echoes are not answered, which says nothing'
        : 'echoes of every size were lost';
    case 'not-tried':
      return probe.reason ?? null;
    case 'passed':
    case 'too-big':
      return null;
  }
}
