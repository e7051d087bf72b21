/** The calls of the group `settings`: what a person set for the host, and what changed since its pinned look. */
import * as z from 'zod';
import type { Capture } from '#shared/capture.ts';
import type { MainHandlers } from '#shared/contract.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { toldRoles, type PageEdit, type SettingsEdit, type SettingsState } from '#shared/settings.ts';
import { compareCaptures } from './compare-captures.ts';
import { pinLook } from './baseline.ts';
import { localDay, settingsFor, settingsState, type SettingsStore } from './host-settings.ts';
import type { HostWatch } from './host-watch.ts';
import { interfaceNames } from './interface-names.ts';
import type { GroupSchemas } from './request-schemas.ts';
import { ruleNamed } from './rule-list.ts';
import { thresholdsOf } from './thresholds.ts';
import { vendorProfileIds } from './vendor-profiles.ts';

const name = z.string().trim().min(1).max(512);
const day = z.iso.date();

const edit = z.discriminatedUnion('set', [
  z.strictObject({
    set: z.literal('waiver'),
    waiver: z.strictObject({
      finding: z
        .string()
        .regex(/^[a-z0-9-]+@[0-9a-f]{8}$/)
        .exactOptional(),
      rule: z
        .string()
        .regex(/^[a-z0-9-]+$/)
        .max(64)
        .exactOptional(),
      subjects: z.array(name).min(1).max(1000).exactOptional(),
      reason: z.string().trim().min(1).max(2000),
      until: day,
      by: z.string().trim().min(1).max(200).exactOptional(),
    }),
  }),
  z.strictObject({ set: z.literal('no-waiver'), waiver: z.string().max(4000) }),
  z.strictObject({
    set: z.literal('threshold'),
    id: z.string().max(200),
    value: z.number().min(0).max(1e15).nullable(),
  }),
  z.strictObject({
    set: z.literal('roles'),
    interface: name,
    roles: z.array(z.enum(toldRoles)).min(1).max(toldRoles.length).nullable(),
  }),
  z.strictObject({ set: z.literal('profile'), profile: z.string().max(100).nullable() }),
  z.strictObject({
    set: z.literal('links'),
    target: name,
    portals: z
      .array(
        z.strictObject({
          address: z.string().trim().min(2).max(64),
          bitsPerSecond: z.number().min(1e3).max(1e14),
        }),
      )
      .min(1)
      .max(256)
      .nullable(),
  }),
  z.strictObject({ set: z.literal('baseline'), baseline: z.null() }),
]);

export const settingsSchemas: GroupSchemas<'settings'> = {
  state: z.strictObject({}),
  change: z.strictObject({ edit }),
  pinBaseline: z.strictObject({}),
  sinceBaseline: z.strictObject({}),
};

export function settingsHandlers(watch: HostWatch, store: SettingsStore): MainHandlers['settings'] {
  const stateOf = (capture: Capture): Promise<SettingsState> => settingsState(store, capture, Date.now());
  const judged = async (capture: Capture, changed: Result<unknown>): Promise<Result<SettingsState>> => {
    if (!changed.ok) return changed;
    await watch.judgeAgain();
    return succeed(await stateOf(capture));
  };
  const notLooked = fail('refused', 'The host has not been looked at yet, so nothing can be set for it.');
  return {
    state: async () => {
      const capture = watch.capture();
      return succeed(capture === undefined ? null : await stateOf(capture));
    },
    change: async ({ edit: asked }) => {
      const capture = watch.capture();
      const check = watch.state().check;
      if (capture === undefined || check === undefined) return notLooked;
      const names = interfaceNames(check.model);
      const read = readEdit(asked, { names, today: localDay(Date.now()) });
      return judged(capture, read.ok ? store.change(capture.host.name, read.value) : read);
    },
    pinBaseline: async () => {
      const capture = watch.capture();
      return capture === undefined ? notLooked : judged(capture, await pinLook(store, capture));
    },
    sinceBaseline: async () => {
      const capture = watch.capture();
      if (capture === undefined) return succeed(null);
      const settings = await settingsFor(store, capture, Date.now());
      return succeed(
        settings.baseline === undefined ? null : compareCaptures(settings.baseline, capture, settings),
      );
    },
  };
}

/** Holds an edit against what there is: a file full of settings that mean nothing helps nobody. */
function readEdit(
  asked: PageEdit,
  { names, today }: { readonly names: readonly string[]; readonly today: string },
): Result<SettingsEdit> {
  const refuse = (message: string): Result<never> => fail('bad-request', message);
  switch (asked.set) {
    case 'waiver': {
      const { finding, rule, until } = asked.waiver;
      if ((finding === undefined) === (rule === undefined))
        return refuse('A waiver is of a finding or of a rule.');
      if (ruleNamed(finding ?? rule ?? '') === undefined) return refuse('There is no such rule.');
      if (until < today) return refuse('The last day of a waiver is today or later.');
      return succeed({ ...asked, waiver: { ...asked.waiver, on: today } });
    }
    case 'threshold':
      return thresholdsOf().some(({ id }) => id === asked.id)
        ? succeed(asked)
        : refuse('There is no such threshold.');
    case 'roles': {
      if (asked.roles?.includes('storage') === true && asked.roles.includes('not-storage')) {
        return refuse('An interface is either for storage or not.');
      }
      return asked.roles === null || names.includes(asked.interface)
        ? succeed(asked)
        : refuse('This host has no such interface.');
    }
    case 'profile':
      return asked.profile === null || vendorProfileIds().includes(asked.profile)
        ? succeed(asked)
        : refuse('There is no such vendor profile.');
    case 'no-waiver':
    case 'links':
    case 'baseline':
      return succeed(asked);
  }
}
