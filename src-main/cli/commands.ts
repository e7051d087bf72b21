/** Every command, loaded only when it is called: a short answer must not wait for a web server. */
import type { Command } from './command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export const commands: Readonly<Record<string, Entry>> = {
  check: {
    summary: 'how a host reaches its storage and what is wrong with it',
    load: async () => erase(await import('./check.command.ts')),
  },
  capture: {
    summary: 'write down what a host answers, to be checked elsewhere',
    load: async () => erase(await import('./capture.command.ts')),
  },
  record: {
    summary: 'a look at a host and its counters over time, to be replayed elsewhere',
    load: async () => erase(await import('./record.command.ts')),
  },
  watch: {
    summary: 'what every adapter, path and disk moves right now',
    load: async () => erase(await import('./watch.command.ts')),
  },
  export: {
    summary: 'the samples of a capture as a table for other programs',
    load: async () => erase(await import('./export.command.ts')),
  },
  diff: {
    summary: 'what changed on a host between two captures',
    load: async () => erase(await import('./diff.command.ts')),
  },
  redact: {
    summary: 'copy a capture without names, addresses and serial numbers',
    load: async () => erase(await import('./redact.command.ts')),
  },
  report: {
    summary: 'a document about a host, as HTML or Markdown',
    load: async () => erase(await import('./report.command.ts')),
  },
  'what-if': {
    summary: 'simulate a failure or an addition: what would be lost, slower, found',
    load: async () => erase(await import('./what-if.command.ts')),
  },
  expect: {
    summary: 'how fast a target can be, and why a copy is no faster',
    load: async () => erase(await import('./expect.command.ts')),
  },
  spread: {
    summary: 'count traffic: does it go over all the paths that should share it',
    load: async () => erase(await import('./spread.command.ts')),
  },
  load: {
    summary: 'read within bounds: do the paths share it',
    load: async () => erase(await import('./load.command.ts')),
  },
  pairing: {
    summary: 'which iSCSI sessions make sense, which are there, which are missing',
    load: async () => erase(await import('./pairing.command.ts')),
  },
  settings: {
    summary: 'what you told about a host: waivers, thresholds, roles, links, a baseline',
    load: async () => erase(await import('./settings.command.ts')),
  },
  serve: {
    summary: 'the same in the browser, on this machine only',
    load: async () => erase(await import('./serve.command.ts')),
  },
  plan: {
    summary: 'what a fix would do, step by step, or as a script; nothing is changed',
    load: async () => erase(await import('./plan.command.ts')),
  },
  fix: {
    summary: 'does what a finding asks for, after its confirmation, guarded and undoable',
    load: async () => erase(await import('./fix.command.ts')),
  },
  history: {
    summary: 'what was changed on this host, by whom, and how it ended',
    load: async () => erase(await import('./history.command.ts')),
  },
  resume: {
    summary: 'after a restart: whether a change that waited for it did what it was for',
    load: async () => erase(await import('./resume.command.ts')),
  },
  rollback: {
    summary: 'takes a change back',
    load: async () => erase(await import('./rollback.command.ts')),
  },
  rules: {
    summary: 'every rule, with what it needs and the figures it turns on',
    load: async () => erase(await import('./rules.command.ts')),
  },
  explain: {
    summary: 'the page of one rule: why it matters and what to do',
    load: async () => erase(await import('./explain.command.ts')),
  },
  doctor: {
    summary: 'what works on this machine, and what to do about the rest',
    load: async () => erase(await import('./doctor.command.ts')),
  },
  licences: {
    summary: 'whose work is part of this program, and under which terms',
    load: async () => erase(await import('./licences.command.ts')),
  },
  demos: {
    summary: 'the simulated hosts that can be looked at',
    load: async () => erase(await import('./demos.command.ts')),
  },
};

/** Options are read by the shapes of the very command that runs with them, so their types can be forgotten here. */
function erase(module: { readonly command: unknown }): { readonly command: Command } {
  return module as { readonly command: Command };
}

export const overview = `Switchyard: how a Hyper-V host reaches its storage, what is wrong, and what the ceiling is

  switchyard COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

  switchyard COMMAND --help   about one command
  switchyard --version        the version`;
