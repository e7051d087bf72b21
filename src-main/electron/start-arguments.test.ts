import { describe, expect, it, vi } from 'vitest';
import { findDangerousSwitch, readHostChoice } from './start-arguments.ts';

// Only the choice is read here; the hosts themselves are not needed.
vi.mock('../app/select-host.ts', () => ({ defaultDemo: 'the-demo' }));

describe('the switches of the packaged program', () => {
  it.each([
    '--no-sandbox',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--js-flags=--x',
    '--disable-web-security',
    '-inspect',
    '--NO-SANDBOX',
  ])('must not be %s', (word) => {
    expect(findDangerousSwitch(['--demo', 'x', word])).toBe(word);
  });
  it('may be our own', () => {
    expect(findDangerousSwitch(['--demo', 'no-sandbox', '--capture=inspect.json'])).toBeUndefined();
  });
});

describe('the host that is meant', () => {
  it.each([
    [['--demo', 'large'], 'win32', { demo: 'large' }],
    [['.', '--demo=large'], 'linux', { demo: 'large' }],
    [['--capture', 'a b.json'], 'linux', { capture: 'a b.json' }],
    [['--demo'], 'linux', { demo: '' }],
    [[], 'win32', {}],
    [['.'], 'linux', { demo: 'the-demo' }],
  ] as const)('by %j on %s', (words, platform, expected) => {
    const { capture, demo, host } = readHostChoice(words, platform);
    expect({ capture, demo, host }).toEqual({
      capture: undefined,
      demo: undefined,
      host: undefined,
      ...expected,
    });
  });
});
