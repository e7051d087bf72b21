/** Multipath I/O that is installed or told to take iSCSI disks, and does so only after a restart. */
import { claimsIscsi, isInstallPending, isLoginWithoutMultipath, unclaimed } from './claims.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { appliesToSessions, sessionSubjects } from './iscsi-paths.ts';
import { multipathFeature } from './multipath.ts';
import { fineIfRead } from './readings.ts';
import { counted, distinctById } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-reboot-pending',
  severities: ['warning'],
  title: 'Multipath I/O is in effect',
  failureTitle: 'Multipath I/O waits for a restart',
  needs: ['IscsiSession', 'Disk', ['WindowsFeature', 'MpioDisk']],
  fixes: [],
  appliesTo: appliesToSessions,
  evaluate: (facts) => {
    const feature = multipathFeature(facts);
    if (feature === 'absent') return { notApplicable: 'Multipath I/O is not installed on this host.' };
    if (feature === 'unknown') {
      return { notEvaluated: 'The host does not say whether Multipath I/O is installed.' };
    }
    if (isInstallPending(facts)) return [findingFor(facts, 'the feature is installed and not yet started')];
    const { loose, isOpen } = unclaimed(facts);
    const waiting = loose.filter((one) => !isLoginWithoutMultipath(facts, one));
    if (waiting.length > 0) {
      const claims = claimsIscsi(facts);
      if (claims === undefined) {
        return { notEvaluated: 'Whether Multipath I/O is told to take iSCSI disks could not be read.' };
      }
      if (claims) return [findingFor(facts, 'it is told to take iSCSI disks and does not hold them yet')];
    }
    if (isOpen) return { notEvaluated: 'Which disks Multipath I/O holds is not known.' };
    return fineIfRead(facts.snapshot, ['WindowsFeature', 'MpioDisk']);
  },
});

function findingFor({ model }: HostFacts, why: string): RuleFinding {
  const [first, ...others] = model.sessions.filter(({ isConnected }) => isConnected !== false);
  const sessions = first === undefined ? [] : distinctById([first, ...others]);
  return {
    severity: 'warning',
    message: `Multipath I/O waits for a restart: ${why}, so ${counted(sessions.length, 'iSCSI session')} ${sessions.length === 1 ? 'has' : 'have'} no multipath until then.`,
    subjects: first === undefined ? [model.host] : sessionSubjects(model, [first, ...others]),
    evidence: { sessions: sessions.length, reason: why },
    advice:
      'Restart the host when its virtual machines can move or stop, one node of a cluster at a time. Make no further sessions and bring no second disk of a pair online before that. If it is the same afterwards, log the sessions out and in again with multipath enabled.',
  };
}
