/** Every figure that a verdict turns on, wherever it is used: shown, and set, in one place. */
import type { HostSettings, ThresholdState } from '#shared/settings.ts';
import { leaveItAloneThreshold } from '../what-if/leave-it-alone.ts';
import { catalogue } from '../rules/catalogue.ts';
import { trafficThresholds } from './traffic.ts';

/** One that a person may set. Its id is who uses it, a dot, and its name. */
type ThresholdOffer = Omit<ThresholdState, 'value' | 'from'>;

/** A part of the product that judges by figures adds its own here. */
const sources: readonly (() => readonly ThresholdOffer[])[] = [
  ofRules,
  trafficThresholds,
  () => [leaveItAloneThreshold],
];

function ofRules(): readonly ThresholdOffer[] {
  return catalogue.flatMap((rule) =>
    Object.entries(rule.thresholds ?? {}).map(([name, { value, unit, says }]) => ({
      id: `${rule.id}.${name}`,
      preset: value,
      unit,
      says,
      usedBy: [rule.id],
    })),
  );
}

/** By source, then in the order of each. */
export function thresholdsOf(settings?: Pick<HostSettings, 'thresholds'>): readonly ThresholdState[] {
  return sources
    .flatMap((source) => source())
    .map((offer) => {
      const set = settings?.thresholds[offer.id];
      return { ...offer, value: set ?? offer.preset, from: set === undefined ? 'preset' : 'settings' };
    });
}
