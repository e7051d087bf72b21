/**
 * Whole hosts, judged as a person's capture is: what each has to be told, what it must not be told, what its targets can
 * get. Prints precision and recall over all errors and warnings, and fails on any that is missing or false.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { checkCapture } from '../../src-main/app/check.ts';
import { redactCapture } from '../../src-main/redaction/redact-capture.ts';
import type { Check } from '../../src-main/shared/finding.ts';
import type { CorpusHost, Figures } from './corpus-host.ts';
import { corpus, rawHosts } from './corpus.ts';

/** Alarms that the product gives wrongly or not at all today: the host, `severity rule`, and what is true instead. */
const knownDefects: readonly {
  readonly host: string;
  readonly alarm: string;
  readonly is: 'missed' | 'false';
  readonly because: string;
}[] = [];

const checks = new Map<string, Check>();

function checkOf({ id, capture }: CorpusHost): Check {
  const there = checks.get(id);
  if (there !== undefined) return there;
  const check = checkCapture(capture, 'capture');
  checks.set(id, check);
  return check;
}

/** `warning single-session`, each once. */
function said({ findings }: Check): readonly string[] {
  return [
    ...new Set(findings.flatMap((one) => (one.severity === 'info' ? [] : `${one.severity} ${one.rule}`))),
  ].sort();
}

function expected({ alarms }: CorpusHost): readonly string[] {
  return Object.entries(alarms)
    .map(([rule, severity]) => `${severity} ${rule}`)
    .sort();
}

/** What the product is expected to say today. */
function today(host: CorpusHost): readonly string[] {
  const own = knownDefects.filter((defect) => defect.host === host.id);
  const isMissed = (alarm: string): boolean => own.some((one) => one.is === 'missed' && one.alarm === alarm);
  return [
    ...expected(host).filter((alarm) => !isMissed(alarm)),
    ...own.filter(({ is }) => is === 'false').map(({ alarm }) => alarm),
  ].sort();
}

function gigabits(figure: { readonly bitsPerSecond: number | null }): number | null {
  return figure.bitsPerSecond === null ? null : figure.bitsPerSecond / 1e9;
}

function figuresOf({ targets }: Check): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    targets.map(({ name, singleStream, guaranteed, possible }): [string, Figures] => [
      name,
      [gigabits(singleStream), gigabits(guaranteed), gigabits(possible)],
    ]),
  );
}

/** The names of a check's entities in the order of the model, which is that of the capture. */
function namesOf({ model, host }: Check): readonly string[] {
  return [
    ...[model.adapters, model.teams, model.teamNics, model.vswitches, model.vnics, model.addresses],
    ...[model.targets, model.targetPortals, model.sessions, model.disks, model.smbServers],
    model.sessions.flatMap(({ connections }) => connections),
    model.smbServers.flatMap(({ shares }) => shares),
    model.smbServers.flatMap(({ channels }) => channels),
  ]
    .flat()
    .map(({ name }) => name)
    .concat(host.name);
}

/** Findings and figures with every name put through `stand`. */
function judged(check: Check, stand: (name: string) => string): unknown {
  return {
    findings: check.findings
      .map(({ rule, severity, subjects }) =>
        [severity, rule, ...subjects.map(({ kind, name }) => `${kind} ${stand(name)}`).sort()].join(', '),
      )
      .sort(),
    results: check.rules.map(({ rule, result }) => `${rule} ${result}`),
    targets: Object.fromEntries(
      Object.entries(figuresOf(check)).map(([name, figures]) => [stand(name), figures]),
    ),
  };
}

const rows = corpus.map((host): [string, CorpusHost] => [host.id, host]);

describe.each(rows)('%s', (_, host) => {
  const check = checkOf(host);

  it('is told of its faults and of nothing else', () => {
    expect(said(check)).toEqual(today(host));
    const hints = new Set(check.findings.flatMap((one) => (one.severity === 'info' ? one.rule : [])));
    expect((host.hints ?? []).filter((rule) => !hints.has(rule))).toEqual([]);
    const loud = check.findings.filter(({ rule }) => host.silent?.includes(rule));
    expect(loud.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  it('has the ceilings of its paths', () => {
    expect(figuresOf(check)).toEqual(host.ceilings);
  });

  it('is judged alike without its names', () => {
    const redacted = checkCapture(redactCapture(host.capture, new Uint8Array(32).fill(7)), 'capture');
    const standIns = namesOf(redacted);
    const standInOf = new Map(namesOf(check).map((name, at) => [name, standIns[at] ?? name]));
    expect(judged(redacted, (name) => name)).toEqual(judged(check, (name) => standInOf.get(name) ?? name));
  });
});

describe('the corpus', () => {
  it('has forty hosts and more, half of them healthy, fifteen and more in the raw shapes of Windows', () => {
    expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
    expect(corpus.length).toBeGreaterThanOrEqual(40);
    const healthy = corpus.filter(({ alarms }) => Object.keys(alarms).length === 0);
    expect(healthy.length).toBeGreaterThanOrEqual(Math.ceil(corpus.length / 2));
    expect(rawHosts.length).toBeGreaterThanOrEqual(15);
  });

  it('names no defect that is gone', () => {
    const open = knownDefects.filter(({ host: id, alarm, is }) => {
      const host = corpus.find((one) => one.id === id);
      if (host === undefined) return false;
      const isSaid = said(checkOf(host)).includes(alarm);
      return is === 'false' ? isSaid : !isSaid;
    });
    expect(open).toEqual(knownDefects);
  });
});

afterAll(() => {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const host of corpus) {
    const wanted = expected(host);
    const given = said(checkOf(host));
    right += given.filter((alarm) => wanted.includes(alarm)).length;
    wrong += given.filter((alarm) => !wanted.includes(alarm)).length;
    missed += wanted.filter((alarm) => !given.includes(alarm)).length;
  }
  const share = (of: number, all: number): string => `${((100 * of) / Math.max(1, all)).toFixed(1)} %`;
  process.stdout.write(
    `corpus: ${corpus.length} hosts, ${rawHosts.length} raw; ${right} alarms right, ${wrong} false, ${missed} missed; ` +
      `precision ${share(right, right + wrong)}, recall ${share(right, right + missed)}\n`,
  );
});
