/** The settings file: what is read of a bad one, what a change leaves alone, and what is never lost. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSettings, type SettingsEdit } from '#shared/settings.ts';
import { editDocument } from './edit-document.ts';
import { readHost } from './settings-schema.ts';
import { fileSettings, memorySettings } from './settings-store.ts';

const waiver = { rule: 'driver-age', reason: 'Old and sound.', until: '2027-03-31' };
const whole = {
  format: 'switchyard-settings',
  version: 1,
  hosts: {
    HV01: {
      assumptions: { targets: [{ id: 'iqn.x', portals: [{ address: '10.0.1.5', bitsPerSecond: 1e9 }] }] },
      waivers: [waiver, { finding: 'single-session@1a2b3c4d', reason: 'x', until: '2027-01-01', by: 'anna' }],
      thresholds: { 'driver-age.years': 8 },
      roles: { LAN: 'backup', NIC2: ['storage', 'cluster'] },
      profile: 'netapp-ontap',
      baseline: 'hv01.capture.json',
    },
  },
};
const host = whole.hosts.HV01;
const read = { ...host, roles: { LAN: ['backup'], NIC2: ['storage', 'cluster'] } };

describe('a settings document', () => {
  it.each(['HV01', 'hv01'])('is read by the name of the host: %s', (name) => {
    expect(readHost(whole, name)).toEqual({ settings: read, ignored: [] });
  });

  it('says nothing about other hosts', () => {
    expect(readHost(whole, 'HV02')).toEqual({ settings: noSettings, ignored: [] });
  });

  it.each(['__proto__', 'constructor', 'toString'])('has no section by the name of %s', (name) => {
    expect(readHost(JSON.parse(JSON.stringify(whole)), name).settings).toEqual(noSettings);
  });

  // A piece of the host's section that is wrong; what is left of the key; what is said.
  it.each<[string, object, object, RegExp]>([
    [
      'waivers that are no list',
      { waivers: 'all' },
      { waivers: [] },
      /HV01\.waivers is ignored: expected a list\./,
    ],
    [
      'a waiver without a reason',
      { waivers: [{ rule: 'x', until: '2027-01-01' }, waiver] },
      { waivers: [waiver] },
      /waivers\[0\] is ignored: reason: /,
    ],
    [
      'a waiver with an empty reason',
      { waivers: [{ ...waiver, reason: ' ' }] },
      { waivers: [] },
      /reason: a waiver needs a reason\./,
    ],
    ['a waiver without a last day', { waivers: [{ rule: 'x', reason: 'y' }] }, { waivers: [] }, /until: /],
    ['a day that is none', { waivers: [{ ...waiver, until: '2027-02-30' }] }, { waivers: [] }, /until: /],
    [
      'a waiver of nothing',
      { waivers: [{ reason: 'x', until: '2027-01-01' }] },
      { waivers: [] },
      /either finding or rule/,
    ],
    [
      'an id that is none',
      { waivers: [{ finding: 'x', reason: 'x', until: '2027-01-01' }] },
      { waivers: [] },
      /the id of a finding/,
    ],
    [
      'a threshold in words',
      { thresholds: { a: 'eight', 'driver-age.years': 8 } },
      { thresholds: { 'driver-age.years': 8 } },
      /thresholds\.a is ignored: /,
    ],
    [
      'a threshold below nothing',
      { thresholds: { 'driver-age.years': -1 } },
      { thresholds: {} },
      /thresholds\.driver-age\.years is ignored/,
    ],
    [
      'thresholds that are a list',
      { thresholds: [] },
      { thresholds: {} },
      /thresholds is ignored: expected an object/,
    ],
    [
      'a role that is none',
      { roles: { LAN: 'fast', NIC2: 'storage' } },
      { roles: { NIC2: ['storage'] } },
      /roles\.LAN is ignored/,
    ],
    [
      'storage and not',
      { roles: { LAN: ['storage', 'not-storage'] } },
      { roles: {} },
      /either for storage or not/,
    ],
    ['a profile that is a number', { profile: 3 }, { profile: undefined }, /profile is ignored/],
    [
      'a link without a speed',
      { assumptions: { targets: [{ id: 'x', portals: [{ address: '10.0.0.1' }] }] } },
      { assumptions: { targets: [] } },
      /assumptions\.targets\[0\] is ignored: portals\.0\.bitsPerSecond/,
    ],
    [
      'assumptions that are a list',
      { assumptions: [] },
      { assumptions: { targets: [] } },
      /assumptions is ignored/,
    ],
  ])('with %s keeps the rest', (_, wrong, left, said) => {
    const { settings, ignored } = readHost({ ...whole, hosts: { HV01: { ...host, ...wrong } } }, 'HV01');
    const expected: Record<string, unknown> = { ...read, ...left };
    expect(settings).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(ignored).toEqual([expect.stringMatching(said)]);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /is ignored\. It is not a settings file/],
    ['a list', [], /not a settings file/],
    ['a capture', { format: 'switchyard-capture', version: 1 }, /its format is not/],
    ['no version', { format: 'switchyard-settings', hosts: {} }, /version is not a whole number/],
    ['hosts in a list', { ...whole, hosts: [] }, /hosts is ignored: expected an object/],
    ['a host that is a text', { ...whole, hosts: { HV01: 'x' } }, /hosts\.HV01 is ignored/],
  ])('that is %s sets nothing', (_, document, said) => {
    expect(readHost(document, 'HV01')).toEqual({
      settings: noSettings,
      ignored: [expect.stringMatching(said)],
    });
  });

  it('takes the first of two sections of one host, and says so', () => {
    const { settings, ignored } = readHost(
      { ...whole, hosts: { HV01: { profile: 'a' }, hv01: { profile: 'b' } } },
      'HV01',
    );
    expect(settings.profile).toBe('a');
    expect(ignored).toEqual([expect.stringMatching(/hosts\.hv01 is ignored: hosts\.HV01 is the same host/)]);
  });
});

describe('a change', () => {
  const after = (edit: SettingsEdit, document: unknown = whole) =>
    readHost(editDocument(document, 'hv01', edit), 'HV01').settings;

  it.each<[SettingsEdit, object]>([
    [
      { set: 'threshold', id: 'rss-off.fromGigabits', value: 25 },
      { thresholds: { 'driver-age.years': 8, 'rss-off.fromGigabits': 25 } },
    ],
    [{ set: 'threshold', id: 'Driver-age.years', value: null }, { thresholds: {} }],
    [
      { set: 'roles', interface: 'lan', roles: ['management'] },
      { roles: { NIC2: ['storage', 'cluster'], lan: ['management'] } },
    ],
    [{ set: 'roles', interface: 'nic2', roles: null }, { roles: { LAN: ['backup'] } }],
    [{ set: 'profile', profile: 'x' }, { profile: 'x' }],
    [{ set: 'links', target: 'IQN.X', portals: null }, { assumptions: { targets: [] } }],
    [
      { set: 'links', target: 'y', portals: [{ address: '10.0.0.1', bitsPerSecond: 1e9 }] },
      {
        assumptions: {
          targets: [
            ...host.assumptions.targets,
            { id: 'y', portals: [{ address: '10.0.0.1', bitsPerSecond: 1e9 }] },
          ],
        },
      },
    ],
    [
      { set: 'waiver', waiver: { ...waiver, reason: 'Again.' } },
      { waivers: [host.waivers[1], { ...waiver, reason: 'Again.' }] },
    ],
    [{ set: 'no-waiver', waiver: 'driver-age' }, { waivers: [host.waivers[1]] }],
    [{ set: 'baseline', baseline: 'b' }, { baseline: 'b' }],
  ])('%j changes one thing', (edit, changed) => {
    expect(after(edit)).toEqual({ ...read, ...changed });
    expect(JSON.stringify(whole)).toBe(JSON.stringify({ ...whole }));
  });

  it('makes the document where there is none, and keeps what it does not know', () => {
    const edit: SettingsEdit = { set: 'threshold', id: 'driver-age.years', value: 3 };
    expect(editDocument(undefined, 'HV01', edit)).toEqual({
      format: 'switchyard-settings',
      version: 1,
      hosts: { HV01: { thresholds: { 'driver-age.years': 3 } } },
    });
    const odd = {
      ...whole,
      notes: 'of a person',
      hosts: { other: { x: 1 }, HV01: { ...host, later: [1], waivers: ['of a later version', waiver] } },
    };
    expect(editDocument(odd, 'HV01', { set: 'waiver', waiver: { ...waiver, rule: 'x' } })).toEqual({
      ...odd,
      hosts: {
        other: { x: 1 },
        HV01: { ...host, later: [1], waivers: ['of a later version', waiver, { ...waiver, rule: 'x' }] },
      },
    });
  });
});

describe('a settings file', () => {
  let folder = '';
  let file = '';
  const set = { set: 'threshold', id: 'driver-age.years', value: 3 } as const;
  const write = (text: string): void => writeFileSync(file, text);
  const others = (): readonly string[] => readdirSync(folder).filter((name) => name !== 'settings.json');

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-settings-'));
    file = path.join(folder, 'settings.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('that is not there sets nothing, and comes with the first change', () => {
    const store = fileSettings(file);
    expect(store.read('HV01')).toEqual({ settings: noSettings, ignored: [] });
    expect(store.change('HV01', set)).toEqual({ ok: true, value: undefined });
    expect(store.read('hv01').settings.thresholds).toEqual({ 'driver-age.years': 3 });
    expect(readFileSync(file, 'utf8')).toMatch(/^\{\n {2}"format"[\s\S]*\}\n$/);
    expect(others()).toEqual([]);
  });

  it.each<[string, string | Buffer]>([
    ['cut in the middle', '{ "format": "switchyard-settings", '],
    ['something else', '[1, 2]'],
    ['not text', Buffer.from([0xc3, 0x28, 0x00])],
    ['wrong in one key', JSON.stringify({ ...whole, hosts: { HV01: { thresholds: 3 } } })],
  ])('that is %s is copied aside once before it is changed', (_, content) => {
    writeFileSync(file, content);
    const store = fileSettings(file);
    expect(store.read('HV01').ignored).toHaveLength(1);
    expect(existsSync(file)).toBe(true);
    for (const value of [3, 4]) store.change('HV01', { ...set, value });
    const kept = others();
    expect(kept).toEqual([expect.stringMatching(/^settings\.json\.kept-[0-9a-f]{8}$/)]);
    expect(kept.map((name) => readFileSync(path.join(folder, name)).equals(Buffer.from(content)))).toContain(
      true,
    );
    expect(store.read('HV01').settings.thresholds).toEqual({ 'driver-age.years': 4 });
  });

  it('with a key that is wrong and stays is not copied', () => {
    write(JSON.stringify({ ...whole, hosts: { HV01: { waivers: 3 } } }));
    fileSettings(file).change('HV01', set);
    expect(others()).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('"waivers": 3');
  });

  it('of UTF-16 and with a byte order mark is read', () => {
    writeFileSync(file, Buffer.from(`\uFEFF${JSON.stringify(whole)}`, 'utf16le'));
    expect(fileSettings(file).read('HV01').settings).toEqual(read);
  });

  it('of a newer version is read, and never written', () => {
    write(JSON.stringify({ ...whole, version: 2 }));
    const before = readFileSync(file, 'utf8');
    expect(fileSettings(file).read('HV01').settings.profile).toBe('netapp-ontap');
    expect(fileSettings(file).change('HV01', set)).toMatchObject({
      ok: false,
      failure: { kind: 'bad-file' },
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is not read or written through a link', () => {
    const elsewhere = path.join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, JSON.stringify(whole));
    symlinkSync(elsewhere, file);
    expect(fileSettings(file).read('HV01').ignored[0]).toMatch(/link/);
    expect(fileSettings(file).change('HV01', set)).toMatchObject({ ok: false });
    expect(JSON.parse(readFileSync(elsewhere, 'utf8'))).toEqual(whole);
  });

  it('that is a hard link to something leaves that something alone', () => {
    const elsewhere = path.join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, JSON.stringify(whole));
    linkSync(elsewhere, file);
    expect(fileSettings(file).change('HV01', set).ok).toBe(true);
    expect(JSON.parse(readFileSync(elsewhere, 'utf8'))).toEqual(whole);
  });

  it('that is a folder is refused', () => {
    mkdirSync(file);
    expect(fileSettings(file).read('HV01').ignored[0]).toMatch(/no regular file/);
    expect(fileSettings(file).change('HV01', set).ok).toBe(false);
    expect(fileSettings(path.join(folder, 'no', 'settings.json')).change('HV01', set)).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/there is no such folder/) as string },
    });
  });

  it('waits for nobody: a lock says that another one writes, an old lock says nothing', () => {
    writeFileSync(`${file}.lock`, '');
    expect(fileSettings(file).change('HV01', set)).toMatchObject({ failure: { kind: 'refused' } });
    utimesSync(`${file}.lock`, 1, 1);
    expect(fileSettings(file).change('HV01', set).ok).toBe(true);
    expect(others()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('keeps who may read it', () => {
    writeFileSync(file, JSON.stringify(whole), { mode: 0o640 });
    fileSettings(file).change('HV01', set);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('keeps nothing where there is none', () => {
    const store = memorySettings('memory');
    store.change('HV01', set);
    expect(store.read('HV01').settings.thresholds).toEqual({ 'driver-age.years': 3 });
    expect(store.file).toBeUndefined();
  });
});
