/** Several sessions to one iSCSI disk on a host without Multipath I/O, which does not join them. */
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { appliesToSessions, areSurelyConnected } from './iscsi-paths.ts';
import { multipathFeature } from './multipath.ts';
import { gapOf } from './readings.ts';
import { accountOf, severalToOneDisk, type Unjoined } from './unjoined.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-missing',
  severities: ['error'],
  title: 'Multipath I/O is there where a disk has several sessions',
  failureTitle: 'Several sessions, but no Multipath I/O',
  needs: ['IscsiSession', 'Disk', ['WindowsFeature', 'MpioDisk']],
  fixes: ['mpio-install'],
  appliesTo: appliesToSessions,
  evaluate: (facts) => {
    const feature = multipathFeature(facts);
    if (feature === 'installed') return [];
    const [first, ...others] = severalToOneDisk(facts.model);
    if (first === undefined) return [];
    if (feature === 'unknown') {
      const gap = gapOf(facts.snapshot, 'WindowsFeature') ?? gapOf(facts.snapshot, 'MpioDisk');
      return gap === undefined
        ? { notEvaluated: 'The host does not say whether Multipath I/O is installed.' }
        : { notEvaluated: gap.reason, remedy: gap.remedy };
    }
    if (![first, ...others].every(({ sessions }) => areSurelyConnected(sessions, 2))) {
      return { notEvaluated: 'Which iSCSI sessions are connected is not known.' };
    }
    return [findingFor(facts, [first, ...others])];
  },
});

function findingFor({ model }: HostFacts, unjoined: readonly [Unjoined, ...Unjoined[]]): RuleFinding {
  const { sessions, subjects, targets, rows, proof } = accountOf(model, unjoined);
  const isClient = model.host.isClient === true;
  const state = isClient ? 'Client Windows has no Multipath I/O' : 'Multipath I/O is not installed';
  return {
    severity: 'error',
    message: `${state}, yet ${counted(sessions, 'iSCSI session')} ${sessions === 1 ? 'leads' : 'lead'} to ${listed(targets)}: ${proof}, and writing to it both ways would corrupt its data.`,
    subjects,
    evidence: {
      isMultipathInstalled: false,
      sessions,
      targets,
      diskNumbers: rows.map(({ number }) => number),
      uniqueIds: [...new Set(rows.flatMap((row) => row.uniqueId ?? []))],
      offlineDiskNumbers: rows.flatMap(({ isOffline, number }) => (isOffline === true ? [number] : [])),
    },
    advice: isClient
      ? 'Keep one session for each target on client Windows, or move the storage to a Windows Server with Multipath I/O.'
      : 'Do not bring the second disk of a pair online. Install the feature Multipath-IO, let it claim iSCSI disks, restart, then make the sessions again multipath-enabled. Check first that no vendor product with a multipath driver of its own is meant to do this.',
  };
}
