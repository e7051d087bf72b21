/**
 * Stands in for `powershell -NoExit -Command -`: reads lines as the console host does, ends lines as Windows does, and
 * answers the lines of a session with the acts that a test put in place of a script, among them every way to go wrong.
 */
import { appendFileSync, readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import type { Behaviour } from './launch.ts';

const behaviour = JSON.parse(process.env['STAND_IN'] ?? '{}') as Behaviour;
let outEnd = behaviour.lineEnd === 'lf' ? '\n' : '\r\n';
let errorEnd = outEnd;
let mark = '';
let modulePath = '';

function write(stream: 1 | 2, text: string | Buffer): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(stream, rest));
    } catch (error) {
      // The pipe is full: whoever reads is slow.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      sleep(1);
    }
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function stall(): void {
  sleep(Number.POSITIVE_INFINITY);
}

function text(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function pack(json: string): string {
  return gzipSync(json).toString('base64');
}

function frame(id: string, payload: string, length = payload.length): string {
  return `<${mark} ${id} ${length} ${payload} ${mark}>`;
}

interface Envelope {
  status: string;
  data: readonly unknown[];
  fatal?: unknown;
  bytes?: number;
}

function envelope(more: Partial<Envelope>): string {
  return JSON.stringify({ status: 'ok', durationMs: 1, data: [], errors: [], warnings: [], ...more });
}

/** The sign before each text, taken away as the session's script does. */
function bare(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(1);
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bare(item)]));
  }
  return value;
}

/** Takes effect only where the script does it in the right order: a new encoding makes new writers. */
function cure(script: string): void {
  const encoding = script.indexOf('[Console]::OutputEncoding =');
  if (behaviour.ignoresCure) return;
  if (script.indexOf('[Console]::Out.NewLine = "`n"') > encoding) outEnd = '\n';
  if (script.indexOf('[Console]::Error.NewLine = "`n"') > encoding) errorEnd = '\n';
}

function start(script: string): void {
  cure(script);
  if (behaviour.startDelayMs !== undefined) sleep(behaviour.startDelayMs);
  if (behaviour.start === 'exit') process.exit(9);
  if (behaviour.start === 'stall') stall();
  const error = { message: 'A function could not be read.' };
  const facts = {
    version: behaviour.version ?? '5.1.0.0',
    languageMode: 'FullLanguage',
    isElevated: behaviour.isElevated ?? false,
    is64Bit: true,
    computerName: 'STANDIN',
  };
  const answer = behaviour.start === 'fail' ? { status: 'failed', fatal: error } : { data: [facts] };
  write(1, frame('start', pack(envelope(answer))) + outEnd);
}

/** What a test may put in place of a script: one act a line, with its argument after a blank. */
const acts: Record<string, (argument: string, id: string, parameters: unknown) => void> = {
  echo: (_argument, id, parameters) => write(1, frame(id, pack(envelope({ data: [parameters] }))) + outEnd),
  pid: (_argument, id) => write(1, frame(id, pack(envelope({ data: [process.pid] }))) + outEnd),
  modules: (_argument, id) => {
    const data = [modulePath, process.env['PSModulePath']];
    write(1, frame(id, pack(envelope({ data }))) + outEnd);
  },
  arguments: (_argument, id) => {
    const data = [process.argv.slice(2), process.cwd(), Object.keys(process.env).sort()];
    write(1, frame(id, pack(envelope({ data }))) + outEnd);
  },
  throw: (message, id) =>
    write(
      1,
      frame(id, pack(envelope({ status: 'failed', fatal: { message, kind: 'feature-missing' } }))) + outEnd,
    ),
  sleep: (ms) => sleep(Number(ms)),
  stall,
  exit: (code) => process.exit(Number(code)),
  kill: () => {
    process.kill(process.pid, 'SIGKILL');
    stall();
  },
  print: (line) => write(1, line + outEnd),
  'print-part': (part) => write(1, part),
  complain: (line) => write(2, line + errorEnd),
  nothing: () => undefined,
  half: (_argument, id) => write(1, frame(id, pack(envelope({}))).slice(0, 60)),
  twice: (_argument, id) => write(1, (frame(id, pack(envelope({}))) + outEnd).repeat(2)),
  'other-id': () => write(1, frame('r999', pack(envelope({}))) + outEnd),
  'other-mark': (_argument, id) =>
    write(1, frame(id, pack(envelope({}))).replaceAll(mark, '~other~') + outEnd),
  'other-length': (_argument, id) => write(1, frame(id, pack(envelope({})), 7) + outEnd),
  'not-gzip': (_argument, id) => write(1, frame(id, Buffer.from('plain').toString('base64')) + outEnd),
  /** The payload as whoever asks has packed it. */
  reply: (payload, id) => write(1, frame(id, payload) + outEnd),
  'not-json': (_argument, id) => write(1, frame(id, pack('{"status":')) + outEnd),
  'other-shape': (_argument, id) => write(1, frame(id, pack('{"status":"ok","data":{}}')) + outEnd),
  'polite-too-large': (_argument, id) =>
    write(1, frame(id, pack(envelope({ status: 'too-large', bytes: 99 }))) + outEnd),
  /** An answer of so many MB unpacked, which is small on the wire. */
  unpacked: (megabytes, id) =>
    write(1, frame(id, pack(envelope({ data: ['x'.repeat(Number(megabytes) * 1024 * 1024)] }))) + outEnd),
  flood: (megabytes) => {
    const megabyte = 'garbage '.repeat(131_072);
    for (let count = 0; count < Number(megabytes); count += 1) write(1, megabyte);
    write(1, outEnd);
  },
  'flood-stderr': (megabytes) => {
    const megabyte = 'garbage '.repeat(131_072);
    for (let count = 0; count < Number(megabytes); count += 1) write(2, megabyte);
    write(2, errorEnd);
  },
};

function run(id: string, script: string, parameters: unknown): void {
  for (const line of script.split('\n')) {
    const [name = '', ...rest] = line.split(' ');
    const act = acts[name];
    if (act === undefined) write(2, `no such act: ${name}${errorEnd}`);
    else act(rest.join(' '), id, parameters);
  }
}

const startPattern =
  /^\. \(\[ScriptBlock\]::Create\(\[System\.Text\.Encoding\]::UTF8\.GetString\(\[Convert\]::FromBase64String\('([^']*)'\)\)\)\) '([^']*)' '([^']*)' '([^']*)'$/;
const requestPattern = /^Invoke-SessionRequest '([^']*)' '([^']*)' '([^']*)'$/;
const printPattern = /^\[Console\]::(Out|Error)\.WriteLine\("(.*)"\)$/;

function execute(line: string): void {
  if (line === '$ExecutionContext.SessionState.LanguageMode') {
    write(1, (behaviour.languageMode ?? 'FullLanguage') + outEnd);
    return;
  }
  if (behaviour.languageMode === 'ConstrainedLanguage') {
    write(2, `Methods cannot be called in this language mode.${errorEnd}`);
    return;
  }
  const print = printPattern.exec(line);
  if (print?.[1] === 'Out') write(1, String(print[2]) + outEnd);
  else if (print) write(2, String(print[2]) + errorEnd);
  else {
    const first = startPattern.exec(line);
    const request = requestPattern.exec(line);
    if (first) {
      mark = String(first[2]);
      modulePath = text(String(first[3]));
      start(text(String(first[1])));
    } else if (request) {
      const parameters = text(String(request[3]));
      run(
        String(request[1]),
        text(String(request[2])),
        bare(parameters === '' ? null : JSON.parse(parameters)),
      );
    } else write(2, `not understood: ${line.slice(0, 100)}${errorEnd}`);
  }
}

if (behaviour.countFile !== undefined) {
  appendFileSync(behaviour.countFile, `${process.pid}\n`);
  const starts = readFileSync(behaviour.countFile, 'utf8').split('\n').length - 1;
  if (starts <= (behaviour.failingStarts ?? 0)) process.exit(9);
}

/** A line that opens a block holds back all lines up to the next blank one, as the console host does. */
let block: string[] | undefined;
createInterface({ input: process.stdin, terminal: false })
  .on('line', (line) => {
    if (block === undefined && line.endsWith('{')) block = [line];
    else if (block === undefined) execute(line);
    else if (line.trim() === '') {
      const lines = block;
      block = undefined;
      lines.filter((held) => !/[{}]$/.test(held)).forEach(execute);
    } else block.push(line);
  })
  .on('close', () => process.exit(0));
