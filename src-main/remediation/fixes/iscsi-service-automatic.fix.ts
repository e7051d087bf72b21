/** The service of the iSCSI initiator set to start with Windows. */
import { defineFix, type FixFacts } from '../define-fix.ts';

const service = { kind: 'service', id: 'service:msiscsi', name: 'MSiSCSI' } as const;

function initiator({ snapshot }: FixFacts) {
  const { Service } = snapshot.readings;
  return Service.status === 'ok'
    ? Service.records.find(({ name }) => name.toLowerCase() === 'msiscsi')
    : undefined;
}

/** What Set-Service takes. */
function startTypeOf(facts: FixFacts): 'Automatic' | 'Manual' | 'Disabled' | undefined {
  const startType = initiator(facts)?.startType?.toLowerCase() ?? '';
  if (startType.startsWith('auto')) return 'Automatic';
  return ({ manual: 'Manual', disabled: 'Disabled' } as const)[startType];
}

export const fix = defineFix({
  id: 'iscsi-service-automatic',
  title: 'Let the iSCSI initiator start with Windows',
  impact: 'none',
  needs: ['Service'],
  order: 10,
  precheck: (facts) =>
    startTypeOf(facts) === undefined
      ? [
          {
            reason: 'fact-missing',
            message: 'How the service MSiSCSI is started is not known.',
            remedy: 'Look again as an administrator.',
          },
        ]
      : [],
  plan: (facts) => {
    const before = startTypeOf(facts);
    if (before === undefined || before === 'Automatic') return [];
    return [
      {
        title: 'The service MSiSCSI is set to start with Windows; running sessions are not touched.',
        commands: [
          { cmdlet: 'Set-Service', parameters: { Name: 'MSiSCSI', StartupType: 'Automatic' } },
          // It runs wherever there are sessions; started again it stays as it is.
          { cmdlet: 'Start-Service', parameters: { Name: 'MSiSCSI' } },
        ],
        changes: [{ of: service, property: 'StartType', before, after: 'Automatic' }],
        impact: 'none',
        verify: {
          says: 'The service MSiSCSI starts automatically and runs.',
          observations: ['Service'],
          differs: (now) => {
            const found = initiator(now);
            const startType = startTypeOf(now);
            if (startType !== 'Automatic') return `It is set to start: ${startType ?? 'not known'}.`;
            return found?.status === 'Running' ? undefined : `It is ${found?.status ?? 'not there'}.`;
          },
        },
        // Never stopped: it holds the sessions.
        stands: [
          {
            question: {
              read: 'Get-CimInstance',
              parameters: { ClassName: 'Win32_Service', Filter: "Name='MSiSCSI'" },
              where: [{ property: 'StartMode', is: 'Auto' }],
            },
            isThere: true,
          },
        ],
        undo: [{ cmdlet: 'Set-Service', parameters: { Name: 'MSiSCSI', StartupType: before } }],
      },
    ];
  },
});
