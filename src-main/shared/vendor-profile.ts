/** What a storage vendor asks of a Windows host: one file of resources/profiles. Profiles disagree; none is the truth. */
import type { LbPolicy } from './host/storage-records.ts';

/** Times are in seconds; `pathVerification` and `customPathRecovery` are 1 for on and 0 for off. */
export const vendorSettings = [
  'pathVerification',
  'pathVerificationPeriod',
  'pdoRemovePeriod',
  'retryCount',
  'retryInterval',
  'customPathRecovery',
  'pathRecoveryInterval',
  'diskTimeout',
  'linkDownTime',
  'maxRequestHoldTime',
  'srbTimeoutDelta',
] as const;
export type VendorSetting = (typeof vendorSettings)[number];

export interface VendorProfile {
  readonly id: string;
  /** The vendor and what the values are for. */
  readonly name: string;
  /** Where the values come from, with its date. */
  readonly source: string;
  readonly values: Readonly<Partial<Record<VendorSetting, number>>>;
  /** Path policies that the vendor asks for; any of them is right. */
  readonly policies?: readonly LbPolicy[];
  /** Sessions to one target that the vendor asks for, where that is more than one for each pair of addresses. */
  readonly sessionsPerTarget?: number;
}
