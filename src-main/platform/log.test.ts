import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog, type LogOptions } from './log.ts';
import { plainWords } from './plain-words.ts';

let folder: string;
let stopped: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-log-'));
  stopped = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (more: Partial<LogOptions> = {}) =>
  openLog({
    shell: 'browser',
    folder,
    now: () => new Date('2026-01-02T03:04:05Z'),
    onStopped: (reason) => stopped.push(reason),
    ...more,
  });
const read = (name = 'browser.log'): string => readFileSync(join(folder, name), 'utf8');

describe('the log', () => {
  it('is one line for each message, with time and level', () => {
    const log = open();
    log.info('A look ended.');
    log.error('Error 1234');
    expect(read()).toBe(
      '2026-01-02T03:04:05.000Z info  A look ended.\n2026-01-02T03:04:05.000Z error Error 1234\n',
    );
  });

  it('leaves out what is below its level', () => {
    open({ level: 'warn' }).info('chatter');
    expect(existsSync(join(folder, 'browser.log'))).toBe(false);
  });

  it.each([
    ['a forged line', 'a\n2026-01-02T03:04:05.000Z error forged'],
    ['a carriage return', 'a\r\nb'],
    ['an escape sequence', '\u001b[2Ja'],
    ['turned text', 'a\u202Eb'],
    ['a NUL', 'a\0b'],
  ])('cannot be broken by %s', (_what, message) => {
    open().info(message);
    expect(read().split('\n')).toHaveLength(2);
    // eslint-disable-next-line no-control-regex -- Control characters are what this is about.
    expect(read()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
  });

  it('keeps the newest five files, each within its size', () => {
    const log = open({ fileBytes: 200 });
    for (let count = 0; count < 60; count += 1) log.info(`message ${count}`);
    const names = readdirSync(folder).sort();
    expect(names).toEqual([
      'browser.1.log',
      'browser.2.log',
      'browser.3.log',
      'browser.4.log',
      'browser.log',
    ]);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(200);
    expect(read()).toContain('message 59');
  });

  it('stops with its reason when the disk is full, says so once, and throws nothing', () => {
    const log = open({
      append: () => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    });
    log.info('one');
    log.info('two');
    expect(stopped).toEqual([expect.stringContaining('the disk is full. Everything else goes on.')]);
  });

  it('writes through no link that somebody laid', () => {
    writeFileSync(join(folder, 'victim'), '');
    symlinkSync(join(folder, 'victim'), join(folder, 'browser.log'));
    open().info('one');
    expect(read('victim')).toBe('');
    expect(stopped).toEqual([expect.stringContaining('is not a file of its own')]);
  });
});

describe('a message', () => {
  const names = { host: 'HV01', user: 'operator', home: '/home/operator' };

  it.each([
    ['HV01 and hv01.contoso.test', '<host> and <host>.contoso.test'],
    ['by operator in /home/operator/x', 'by <user> in <home>/x'],
    ['C:\\Users\\somebody\\AppData', '<home>\\AppData'],
    ['\\\\sofs01\\vms\\disk.vhdx is slow', '<share> is slow'],
    ['iqn.1991-05.com.microsoft:hv01 to 10.1.2.3:3260', '<iscsi name> to <address>:3260'],
    ['fe80::1ff:fe23:4567:890a and 00-11-22-33-44-55', '<address> and <mac>'],
    ['at src-main/app/check.ts:12:34', 'at src-main/app/check.ts:12:34'],
    ['http://127.0.0.1:4711 at 12:34:56', 'http://127.0.0.1:4711 at 12:34:56'],
  ])('%j is written as %j', (text, plain) => {
    expect(plainWords(text, names)).toBe(plain);
  });
});
