import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  captureFormat,
  captureVersion,
  everyObservationName,
  type Capture,
  type ObservationName,
} from '#shared/capture.ts';
import { windowsReleases } from '#shared/host/host-model.ts';
import { resourcePath } from '../../platform/resources.ts';
import type { AnyProbe } from '../define-probe.ts';
import { readSnapshot } from '../read-snapshot.ts';
import { probes, requestedProbes } from './index.ts';

interface Fixture {
  readonly windows: string;
  readonly shows: string;
  readonly observation: unknown;
  readonly reading: unknown;
}

const fixtures = import.meta.glob<Fixture>('./fixtures/*/*.json', { eager: true, import: 'default' });
const files = import.meta.glob<{ readonly probe: AnyProbe }>('./*.probe.ts', { eager: true });

const all: readonly AnyProbe[] = [...probes, ...requestedProbes];
const isRead = (probe: AnyProbe) => probe.record !== undefined || probe.readAll !== undefined;
const folderOf = (path: string) => path.split('/').at(-2) ?? '';
const fileOf = (path: string) => (path.split('/').at(-1) ?? '').replace('.probe.ts', '');
const sameName = (file: string, name: ObservationName) => file.replaceAll('-', '') === name.toLowerCase();

function captureWith(name: ObservationName, observation: unknown): Capture {
  return {
    format: captureFormat,
    version: captureVersion,
    tool: { name: 'switchyard', version: '0' },
    takenAt: '2026-11-22T17:00:00.000Z',
    host: { name: 'HV01', elevated: true },
    redacted: false,
    observations: { [name]: observation },
  };
}

describe('recorded answers', () => {
  test.each(Object.entries(fixtures))('%s reads as it should', (path, fixture) => {
    const probe = all.find(({ name }) => sameName(folderOf(path), name));
    expect(probe, `the probe of ${path}`).toBeDefined();
    if (probe === undefined) return;
    expect(windowsReleases).toContain(fixture.windows);
    expect(fixture.shows).toMatch(/\.$/);
    const { readings } = readSnapshot(captureWith(probe.name, fixture.observation));
    expect(readings[probe.name as keyof typeof readings]).toStrictEqual(fixture.reading);
  });
});

describe('the list of probes', () => {
  test('holds every probe file once, in the order of the observation names', () => {
    const listed = all.map(({ name }) => name);
    expect(listed).toEqual(everyObservationName.filter((name) => listed.includes(name)));
    expect(new Set(Object.values(files).map(({ probe }) => probe.name))).toEqual(new Set(listed));
    expect(listed).toHaveLength(Object.keys(files).length);
  });

  test.each(Object.entries(files))(
    '%s has the name of its observation, and its script',
    (path, { probe }) => {
      expect(sameName(fileOf(path), probe.name)).toBe(true);
      expect(probe.script).toBe(`probes/Get-${probe.name}.ps1`);
      expect(existsSync(resourcePath(`powershell/${probe.script}`)), probe.script).toBe(true);
    },
  );

  test.each(Object.entries(files).filter(([, { probe }]) => isRead(probe)))(
    '%s reads at least one recorded answer',
    (path) => {
      const recorded = Object.keys(fixtures).filter((fixture) => folderOf(fixture) === fileOf(path));
      expect(recorded).not.toEqual([]);
    },
  );
});
