/** Every question discovery asks, in the order of the observation names. */
import type { AnyProbe } from '../define-probe.ts';
import { probe as netAdapter } from './net-adapter.probe.ts';
import { probe as netQosPolicy } from './net-qos-policy.probe.ts';

// prettier-ignore
export const probes = [
  netAdapter,
  netQosPolicy,
] as const satisfies readonly AnyProbe[];
