/**
 * What a line of the journal has to look like to be believed: histories are told from it, and rollbacks run from it. What
 * a newer Switchyard adds is kept.
 */
import * as z from 'zod';
import type { ChangeCommand, Presence, Question } from '#shared/change-command.ts';
import type { JournalEvent } from './journal-event.ts';

const text = z.string();
const texts = z.array(text);
const plain = z.union([text, z.number(), z.boolean()]);

const condition = z.union([
  z.looseObject({ property: text, is: plain.nullable() }),
  z.looseObject({ property: text, isNoneOf: z.array(z.union([text, z.number()])) }),
]);

const question: z.ZodType<Question> = z.lazy(() =>
  z.looseObject({
    read: text,
    parameters: z.record(text, z.union([plain, texts, z.looseObject({ objects: question })])).exactOptional(),
    where: z.array(condition).exactOptional(),
  }),
);

const presence: z.ZodType<Presence> = z.looseObject({
  question,
  isThere: z.boolean(),
  atLeast: z.number().exactOptional(),
});

const parameter = z.union([
  plain,
  texts,
  z.array(z.number()),
  z.looseObject({ secret: text }),
  z.looseObject({ adapter: text, name: text }),
  z.looseObject({ found: question, take: text }),
]);

const command: z.ZodType<ChangeCommand> = z.union([
  z.looseObject({ cmdlet: text, parameters: z.record(text, parameter), unless: presence.exactOptional() }),
  z.looseObject({ program: text, arguments: texts, unless: presence.exactOptional() }),
]);

const step = z.looseObject({
  fix: text,
  title: text,
  lines: texts,
  changes: z.array(z.looseObject({ property: text, before: text, after: text })),
  undo: z.array(command),
  undoLines: texts,
  notUndone: text.exactOptional(),
  stands: z.array(presence).exactOptional(),
});

const of = { at: z.iso.datetime(), change: text };
const outcomes = [
  'successful',
  'goal-not-reached',
  'rolled-back',
  'reverted-by-guard',
  'partly-undone',
  'refused',
  'waits-for-restart',
  'interrupted',
] as const;

const event = z.discriminatedUnion('event', [
  z.looseObject({
    ...of,
    event: z.literal('begins'),
    kind: z.enum(['fix', 'rollback']),
    host: text,
    by: text,
    pid: z.number(),
    title: text,
    planHash: text,
    findings: texts,
    about: z
      .array(
        z.looseObject({ id: text, rule: text, title: text, subjects: z.array(z.looseObject({ id: text })) }),
      )
      .exactOptional(),
    secrets: z.array(z.looseObject({ id: text, question: text })).exactOptional(),
    fixes: texts,
    steps: z.array(step),
    isSimulated: z.boolean(),
    request: z.looseObject({ findings: texts }).exactOptional(),
    bootedAt: text.exactOptional(),
    rollsBack: text.exactOptional(),
  }),
  z.looseObject({ ...of, event: z.literal('guard-armed'), until: text }),
  z.looseObject({
    ...of,
    event: z.literal('step'),
    index: z.int().min(0),
    state: z.enum(['running', 'done', 'failed', 'undoing', 'undone', 'not-undone']),
    output: texts.exactOptional(),
    seen: text.exactOptional(),
  }),
  z.looseObject({ ...of, event: z.literal('confirmed') }),
  z.looseObject({ ...of, event: z.literal('guard-gone') }),
  z.looseObject({ ...of, event: z.literal('ends'), outcome: z.enum(outcomes), message: text }),
  z.looseObject({ ...of, event: z.literal('dismissed') }),
]);

/** Undefined where the value is no event that could be told or taken back. */
export function readJournalEvent(value: unknown): JournalEvent | undefined {
  const read = event.safeParse(value);
  // The parts that nothing but the person reads are held loosely; all that is run is held by the schema above.
  return read.success ? (read.data as unknown as JournalEvent) : undefined;
}
