/** iSCSI made inside a virtual machine, by its own adapter: allowed, and better made on its host. */
import { wiredSessions } from '../path-graph/walks.ts';
import { defineRule } from './define-rule.ts';
import { appliesToWiredSessions, isGuest, sessionSubjects } from './iscsi-paths.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'in-guest-iscsi',
  severities: ['info'],
  title: 'iSCSI is made where the adapters are',
  failureTitle: 'A virtual machine makes iSCSI itself',
  needs: ['IscsiSession', 'ComputerSystem'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: ({ model }) => {
    if (!isGuest(model)) {
      return model.host.isVirtualMachine === undefined
        ? { notEvaluated: 'Whether this is a virtual machine is not known.' }
        : { notApplicable: 'What virtual machines do with adapters of their own is seen inside them only.' };
    }
    const [first, ...others] = wiredSessions(model);
    if (first === undefined) return [];
    const subjects = sessionSubjects(model, [first, ...others]);
    const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
    return [
      {
        severity: 'info',
        message: `This virtual machine makes ${counted(1 + others.length, 'iSCSI session')} to ${listed(targets)} itself: its host cannot see or balance them.`,
        subjects,
        evidence: { sessions: 1 + others.length, targets },
        advice:
          'It works and is supported. A virtual disk on storage of the host is preferred where nothing asks for the other: it moves with the machine, and its paths are looked after in one place.',
      },
    ];
  },
});
