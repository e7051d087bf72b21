/** SMB Multichannel of this host as a client, switched on. */
import { defineFix, type FixFacts } from '../define-fix.ts';

function isOn({ snapshot }: FixFacts): boolean | undefined {
  const { SmbClientConfiguration } = snapshot.readings;
  return SmbClientConfiguration.status === 'ok'
    ? SmbClientConfiguration.records[0]?.isMultichannelEnabled
    : undefined;
}

const refresh = { cmdlet: 'Update-SmbMultichannelConnection', parameters: {} } as const;

function set(to: boolean) {
  return { cmdlet: 'Set-SmbClientConfiguration', parameters: { EnableMultiChannel: to } } as const;
}

export const fix = defineFix({
  id: 'smb-multichannel-on',
  title: 'Switch SMB Multichannel on',
  impact: 'adds',
  needs: ['SmbClientConfiguration'],
  order: 40,
  precheck: (facts) =>
    isOn(facts) === undefined
      ? [
          {
            reason: 'fact-missing',
            message: 'Whether SMB Multichannel is on is not known.',
            remedy: 'Look again as an administrator.',
          },
        ]
      : [],
  plan: (facts) => {
    if (isOn(facts) !== false) return [];
    return [
      {
        title:
          'SMB may use several connections and interfaces to each file server; connections that are there stay, and the server has a switch of its own.',
        commands: [set(true), refresh],
        changes: [{ of: facts.model.host, property: 'EnableMultiChannel', before: 'False', after: 'True' }],
        impact: 'adds',
        verify: {
          says: 'Multichannel is on.',
          observations: ['SmbClientConfiguration', 'SmbMultichannelConnection', 'SmbConnection'],
          differs: (now) => (isOn(now) === true ? undefined : 'Multichannel is off.'),
        },
        undo: [set(false), refresh],
      },
    ];
  },
});
