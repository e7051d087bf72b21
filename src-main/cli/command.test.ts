import { describe, expect, it } from 'vitest';
import { hostOptions, readOptions, WrongCall } from './command.ts';

const shapes = {
  ...hostOptions,
  json: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  'fail-on': { type: 'string', choices: ['error', 'warning', 'never'] },
} as const;

const none = {
  capture: undefined,
  demo: undefined,
  host: undefined,
  json: false,
  output: undefined,
  'fail-on': undefined,
};

describe('the options of a call', () => {
  it.each([
    [[], {}],
    [['--demo', 'large', '--json'], { demo: 'large', json: true }],
    [['--demo=large'], { demo: 'large' }],
    [['-o', 'a b.json'], { output: 'a b.json' }],
    [['--output=-odd-'], { output: '-odd-' }],
    [['--fail-on', 'never'], { 'fail-on': 'never' }],
  ])('%j are read', (words, expected) => {
    expect(readOptions(shapes, words)).toEqual({ ...none, ...expected });
  });

  it.each<[string[], RegExp, RegExp | undefined]>([
    [['--jason'], /no option --jason/, /--json/],
    [['--frobnicate'], /no option --frobnicate/, undefined],
    [['-x'], /no option -x/, undefined],
    [['--__proto__'], /no option --__proto__/, undefined],
    [['large'], /Nothing is expected at "large"/, undefined],
    [['demo'], /Nothing is expected at "demo"/, /--demo/],
    [['--demo'], /--demo needs a value/, undefined],
    [['--demo', '--json'], /--demo needs a value/, undefined],
    [['--demo='], /--demo needs a value/, undefined],
    [['--json=yes'], /--json takes no value/, undefined],
    [['--demo', 'a', '--demo', 'b'], /--demo is given twice/, undefined],
    [['--fail-on', 'warnin'], /--fail-on cannot be "warnin"/, /--fail-on warning/],
    [['--fail-on', 'x'], /--fail-on cannot be "x"/, /error, warning, never/],
    [['--\u001b[31m'], /no option --\\u001B\[31m/, undefined],
  ])('%j are a wrong call', (words, message, hint) => {
    let thrown: unknown;
    try {
      readOptions(shapes, words);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(WrongCall);
    const wrong = thrown as WrongCall;
    expect(wrong.message).toMatch(message);
    if (hint) expect(wrong.hint).toMatch(hint);
    else expect(wrong.hint).toBeUndefined();
  });
});
