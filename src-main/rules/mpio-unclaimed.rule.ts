/** Several sessions to one disk, Multipath I/O installed, and nothing that lets it take the disk. */
import { claimsIscsi, isInstallPending, isLoginWithoutMultipath, unclaimed } from './claims.ts';
import { defineRule, type HostFacts, type RuleFinding, type RuleOutcome } from './define-rule.ts';
import { appliesToSessions, areSurelyConnected, diskGroups } from './iscsi-paths.ts';
import { multipathFeature } from './multipath.ts';
import { fineIfRead } from './readings.ts';
import { accountOf, type Unjoined } from './unjoined.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-unclaimed',
  severities: ['error'],
  title: 'Multipath I/O holds the disks that have several sessions',
  failureTitle: 'Multipath I/O is installed, but does not hold the disk',
  needs: ['IscsiSession', 'Disk', ['WindowsFeature', 'MpioDisk']],
  fixes: ['mpio-claim-iscsi'],
  appliesTo: appliesToSessions,
  evaluate: (facts) => {
    const feature = multipathFeature(facts);
    if (feature === 'absent') {
      return { notApplicable: 'Multipath I/O is not installed: mpio-missing says what that means here.' };
    }
    if (feature === 'unknown') {
      return { notEvaluated: 'The host does not say whether Multipath I/O is installed.' };
    }
    if (isInstallPending(facts)) {
      return { notApplicable: 'Multipath I/O waits for a restart: mpio-reboot-pending says so.' };
    }
    return judge(facts);
  },
});

function judge(facts: HostFacts): RuleOutcome {
  const { loose, isOpen } = unclaimed(facts);
  const claims = claimsIscsi(facts);
  // Where MPIO is told to take them and the logins allow it, only a restart is missing.
  const [first, ...others] = loose.filter((one) => claims !== true || isLoginWithoutMultipath(facts, one));
  if (first !== undefined) {
    if (claims === undefined) {
      return { notEvaluated: 'Whether Multipath I/O is told to take iSCSI disks could not be read.' };
    }
    if (![first, ...others].every(({ sessions }) => areSurelyConnected(sessions, 2))) {
      return { notEvaluated: 'Which iSCSI sessions are connected is not known.' };
    }
    return [findingFor(facts, [first, ...others], claims)];
  }
  if (isOpen) return { notEvaluated: 'Which disks Multipath I/O holds is not known.' };
  if (diskGroups(facts.model).some(({ sessions, joinedBy }) => sessions.length > 1 && joinedBy === 'iqn')) {
    return { notEvaluated: 'Which disks the iSCSI sessions lead to is not known.' };
  }
  return fineIfRead(facts.snapshot, [
    'MpioDisk',
    ...(loose.length > 0 ? (['IscsiPersistentLogin'] as const) : []),
  ]);
}

function findingFor(
  { model }: HostFacts,
  unjoined: readonly [Unjoined, ...Unjoined[]],
  claims: boolean,
): RuleFinding {
  const { sessions, subjects, targets, rows, proof } = accountOf(model, unjoined);
  const why = claims
    ? 'the logins were made without multipath'
    : 'neither automatic claiming of iSCSI nor an id of the array is set';
  return {
    severity: 'error',
    message: `Multipath I/O is installed but does not hold what ${counted(sessions, 'iSCSI session')} to ${listed(targets)} lead to, since ${why}: ${proof}, and writing to it both ways would corrupt its data.`,
    subjects,
    evidence: {
      isMultipathInstalled: true,
      claimsIscsi: claims,
      sessions,
      targets,
      diskNumbers: rows.map(({ number }) => number),
    },
    advice: claims
      ? 'Keep one session, log the others out by their identifiers, and make them again with multipath enabled. Do not bring the second disk of a pair online before that.'
      : "Let Multipath I/O take iSCSI disks (Enable-MSDSMAutomaticClaim -BusType iSCSI, or the id that the array's vendor names), restart, then look again. Do not bring the second disk of a pair online before that.",
  };
}
