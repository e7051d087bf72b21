/** Adapters that share one driver file on the paths of storage, in different versions of it. */
import type { Adapter } from '#shared/host/host-model.ts';
import { netAdapterOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

interface SameFile {
  readonly file: string;
  readonly adapters: readonly { readonly adapter: Adapter; readonly version: string | undefined }[];
}

export const rule = defineRule({
  id: 'driver-mismatch',
  severities: ['info'],
  title: 'Adapters of storage paths with one driver have one version of it',
  failureTitle: 'Storage adapters run different versions of one driver',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const { files, unknown } = driverFiles(facts);
    const gap = storageInterfaces(facts).gap;
    return conclude(facts, {
      things: [...files, ...unknown],
      see: (thing) => {
        if (typeof thing === 'string') return { doubt: `The driver of ${thing} is not known.` };
        const known = thing.adapters.flatMap(({ version }) => version ?? []);
        if (new Set(known).size > 1) return { bad: thing };
        return known.length < thing.adapters.length
          ? { doubt: `The version of the driver ${thing.file} is not known for every adapter.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ file, adapters }) => {
          const versions = adapters.map(
            ({ adapter, version }) => `${adapter.name}: ${version ?? 'not known'}`,
          );
          const [first, ...others] = adapters.map(({ adapter }) => adapter);
          return {
            severity: 'info',
            message: `Adapters that carry storage use the driver ${file} in different versions (${listed(versions)}).`,
            subjects: [first ?? facts.model.host, ...others],
            evidence: { driverFile: file, versions },
            advice: 'Bring them to one version, one adapter at a time, waiting for its paths in between.',
          };
        }),
      none: 'Storage leaves by no physical adapter.',
      ...(gap !== undefined && { gap }),
    });
  },
});

function driverFiles(facts: HostFacts): {
  readonly files: readonly SameFile[];
  readonly unknown: readonly string[];
} {
  const files = new Map<string, { adapter: Adapter; version: string | undefined }[]>();
  const unknown: string[] = [];
  for (const { adapter } of storageCarriers(facts)) {
    if (adapter.role !== 'physical') continue;
    const { driverFileName, driverVersion } = netAdapterOf(facts, adapter) ?? {};
    if (typeof driverFileName !== 'string') unknown.push(adapter.name);
    else {
      const key = driverFileName.toLowerCase();
      const there = files.get(key) ?? [];
      there.push({ adapter, version: driverVersion ?? undefined });
      files.set(key, there);
    }
  }
  return { files: [...files].map(([file, adapters]) => ({ file, adapters })), unknown };
}
