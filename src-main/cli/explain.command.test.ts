import { describe, expect, it } from 'vitest';
import { callCommand as called } from '../testing/call-command.ts';

describe('switchyard explain', () => {
  it.each(['single-session', 'Single-Session', 'single-session@12ab34cd'])(
    'shows the page of %s',
    async (word) => {
      const { code, answer } = await called('explain', word);
      expect(code).toBe(0);
      expect(answer).toContain('WHY IT MATTERS');
      expect(answer).toContain('    Get-IscsiSession');
      expect(answer).not.toMatch(/\*\*|```/);
      for (const line of answer.split('\n')) {
        if (!line.startsWith('    ')) expect(line.length).toBeLessThanOrEqual(80);
      }
    },
  );

  it('knows a rule by its other names', async () => {
    const { answer } = await called('explain', 'MPIO-path-lost');
    expect(answer).toBe((await called('explain', 'mpio-paths-missing')).answer);
  });

  it.each([
    [['explain'], /Which rule\?/, /switchyard rules/],
    [['explain', 'singel-session'], /no rule "singel-session"/, /Did you mean single-session\?/],
    [['explain', 'mpio'], /no rule "mpio"/, /mpio-/],
    [['explain', 'frobnicate'], /no rule "frobnicate"/, /switchyard rules/],
    [['explain', '../../package'], /no rule/, /switchyard rules/],
    [['explain', 'single-session', 'again'], /Nothing is expected at "again"/, /explain --help/],
  ])('%j is a wrong call', async (words, message, hint) => {
    const { code, remarks } = await called(...words);
    expect(code).toBe(64);
    expect(remarks).toMatch(message);
    expect(remarks).toMatch(hint);
  });
});

describe('switchyard rules', () => {
  it('lists every rule with its severities and what it needs', async () => {
    const { code, answer } = await called('rules');
    expect(code).toBe(0);
    expect(answer).toMatch(/^member-bindings {2}\(error\)$/m);
    expect(answer).toMatch(/needs NetAdapter, NetAdapterBinding, NetLbfoTeam or VMSwitch/);
  });

  it('lists the same for programs', async () => {
    const { answer } = await called('rules', '--json');
    const rules = JSON.parse(answer) as { id: string; severities: string[]; thresholds: unknown[] }[];
    expect(rules.find(({ id }) => id === 'member-bindings')).toMatchObject({
      severities: ['error'],
      thresholds: [],
    });
  });
});
