/** The product behind every window: the one door through which each shell calls, whatever its transport. */
import { randomBytes } from 'node:crypto';
import { contract, type About, type ContractEvent, type MainHandlers } from '#shared/contract.ts';
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import { fail, type Failure, type Result } from '#shared/result.ts';
import type { Host } from '../hosts/host.ts';
import { appHandlers, appSchemas } from './app-group.ts';
import { createChanges } from './changes.ts';
import { changesHandlers, changesSchemas } from './changes-group.ts';
import { checkCapture } from './check.ts';
import { compareHandlers, compareSchemas } from './compare-group.ts';
import { findingsHandlers, findingsSchemas } from './findings-group.ts';
import { hostHandlers, hostSchemas } from './host-group.ts';
import { settingsFor, settingsInMemory, type SettingsStore } from './host-settings.ts';
import { watchHost, type HostWatch } from './host-watch.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { findLimitBroken } from './limits.ts';
import { createLive, type LookedAt } from './live.ts';
import { liveHandlers, liveSchemas } from './live-group.ts';
import { judgedBy, type JudgedBy } from './live-verdicts.ts';
import { createLoad, type LoadLook } from './load.ts';
import { loadHandlers, loadSchemas } from './load-group.ts';
import { pathsHandlers, pathsSchemas } from './paths-group.ts';
import { reportHandlers, reportSchemas } from './report-group.ts';
import type { RequestSchemas } from './request-schemas.ts';
import { settingsHandlers, settingsSchemas } from './settings-group.ts';
import { withPackets } from './with-packets.ts';
import { mpioInstances, samplesHandlers, samplesSchemas } from './samples-group.ts';

export const requestSchemas: RequestSchemas = {
  host: hostSchemas,
  samples: samplesSchemas,
  live: liveSchemas,
  load: loadSchemas,
  findings: findingsSchemas,
  paths: pathsSchemas,
  settings: settingsSchemas,
  changes: changesSchemas,
  compare: compareSchemas,
  report: reportSchemas,
  app: appSchemas,
};

export interface Application {
  /** `name` is a full name such as `host.state`; name and request may be anything, from anyone. Never throws. */
  readonly call: (name: unknown, request: unknown) => Promise<Result<unknown>>;
  readonly listen: (listener: (event: ContractEvent) => void) => () => void;
  readonly watch: HostWatch;
  readonly close: () => Promise<void>;
}

export interface ApplicationOptions {
  readonly host: Host;
  /** What is set for hosts; in memory where it is left out. */
  readonly settings?: SettingsStore;
  readonly shell: About['shell'];
  /** Whether a real host may be changed from here; a simulated one always may. Default: it may. */
  readonly allowChanges?: boolean;
  /** Gets what went wrong inside, for the log; the window only learns the id. */
  readonly log: (line: string) => void;
}

const readOnly: Refusal = {
  reason: 'read-only',
  message: 'This browser session may only look.',
  remedy: 'Start it with switchyard serve --allow-changes.',
};

/** A page asks every few seconds how a load goes, even where its browser slows it down in the background. */
const unattendedMs = 15_000;

type AnyHandler = (request: unknown) => Promise<Result<unknown>> | Result<unknown>;

export function createApplication({
  host,
  settings = settingsInMemory(),
  shell,
  allowChanges = true,
  log,
}: ApplicationOptions): Application {
  const report = (error: unknown): Failure => {
    const id = randomBytes(4).toString('hex');
    log(`Error ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return {
      kind: 'unexpected',
      message: `Something went wrong inside Switchyard (error ${id}).`,
      remedy: 'The log has the details under that number.',
    };
  };
  // What the last look was judged by; who judges another one beside it judges alike.
  let settled: JudgeSettings | undefined;
  const settle = async (capture: Capture): Promise<JudgeSettings> =>
    (settled = await settingsFor(settings, capture, Date.now()));
  const judge = (capture: Capture): Check => checkCapture(capture, host.source, settled);
  const watch = watchHost(
    host,
    async (capture) => {
      await settle(capture);
      return judge(capture);
    },
    report,
    async (capture, options) => withPackets(host, capture, { ...options, settings: await settle(capture) }),
  );
  const changes = createChanges({
    host,
    judge,
    capture: watch.capture,
    tell: (payload) => watch.tell({ event: 'changes.progress', payload }),
    onEnd: watch.lookAfterChange,
    ...(host.source === 'local' && !allowChanges && { closed: readOnly }),
    // A page in a browser could be left open by somebody else: the name shows that the person means this host.
    ...(host.source === 'local' && shell === 'browser' && { typeToConfirm: ({ host: { name } }) => name }),
  });
  const looked = (): LookedAt | undefined => {
    const capture = watch.capture();
    const model = watch.state().check?.model;
    return capture && model && { model, mpio: mpioInstances(capture) };
  };
  const judging = (): JudgedBy | undefined => {
    const capture = watch.capture();
    const { check } = watch.state();
    return capture && check && judgedBy(capture, check, settled);
  };
  const load = createLoad({
    host,
    look: (): LoadLook | undefined => {
      const { check } = watch.state();
      const by = judging();
      return check && by && { check, snapshot: by.host.snapshot, limits: by.limits };
    },
    tell: (payload) => watch.tell({ event: 'load.progress', payload }),
    unattendedMs,
  });
  const live = createLive({ host, looked, judging, tell: watch.tell });
  let adopted: string | undefined;
  watch.listen(({ event }) => {
    const { checkLookId } = watch.state();
    if (event !== 'host.changed' || checkLookId === adopted) return;
    adopted = checkLookId;
    const about = looked();
    if (about !== undefined) live.adopt(about);
  });
  const handlers: MainHandlers = {
    host: hostHandlers(watch),
    samples: samplesHandlers(watch, live),
    live: liveHandlers(live),
    load: loadHandlers(load),
    findings: findingsHandlers,
    paths: pathsHandlers(watch, host.source, settle),
    settings: settingsHandlers(watch, settings),
    changes: changesHandlers(changes),
    compare: compareHandlers(watch, settings),
    report: reportHandlers(watch),
    app: appHandlers(shell),
  };

  return {
    watch,
    listen: watch.listen,
    close: async () => {
      await load.close();
      await live.close();
      await changes.close();
      await watch.close();
    },
    call: async (name, request) => {
      const found = findCall(name, handlers);
      if (found === undefined) return fail('bad-request', 'Switchyard has no such call.');
      const broken = findLimitBroken(request);
      if (broken !== undefined) return fail('bad-request', `The request has ${broken}.`);
      const parsed = found.schema.safeParse(request);
      if (!parsed.success) {
        const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
        return fail('bad-request', `The request does not fit ${found.name}.`, {
          detail: place.slice(0, 200),
        });
      }
      try {
        return await found.handler(parsed.data);
      } catch (error) {
        return { ok: false, failure: report(error) };
      }
    },
  };
}

interface FoundCall {
  readonly name: string;
  readonly schema: { safeParse: (value: unknown) => ReturnType<RequestSchemas['app']['about']['safeParse']> };
  readonly handler: AnyHandler;
}

/** Only names that the contract itself has reach an object, so `__proto__` or `constructor` find nothing. */
function findCall(name: unknown, handlers: MainHandlers): FoundCall | undefined {
  if (typeof name !== 'string') return undefined;
  for (const [group, entries] of Object.entries(contract)) {
    for (const [call, entry] of Object.entries(entries) as [string, { kind: string }][]) {
      if (entry.kind !== 'invoke' || `${group}.${call}` !== name) continue;
      const schemas = requestSchemas[group as keyof RequestSchemas] as Record<string, FoundCall['schema']>;
      const functions = handlers[group as keyof MainHandlers] as Record<string, AnyHandler>;
      const schema = schemas[call];
      const handler = functions[call];
      return schema && handler ? { name, schema, handler } : undefined;
    }
  }
  return undefined;
}
