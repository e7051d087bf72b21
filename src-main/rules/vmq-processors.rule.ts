/** Processors of the queues of team members under a vSwitch, which up to Server 2012 R2 have to be set by hand. */
import type { Adapter } from '#shared/host/host-model.ts';
import type { NetAdapterVmqRecord } from '#shared/host/network-records.ts';
import { activeMembers } from '../path-graph/walks.ts';
import { queuesShowPlacement } from '../path-graph/vnics.ts';
import { recordOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoUnderSwitch } from './storage-teams.ts';
import { listed } from './wording.ts';

interface Range {
  readonly adapter: Adapter;
  readonly first: number;
  readonly count: number;
}

export const rule = defineRule({
  id: 'vmq-processors',
  severities: ['info'],
  title: 'Queues of team members are spread over processors as their team needs it',
  failureTitle: 'Queues of team members are not spread over processors as their team needs it',
  needs: [
    'OperatingSystem',
    'NetAdapter',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
    'VMSwitch',
    'NetAdapterVmq',
  ],
  fixes: [],
  thresholds: {
    fromGigabits: {
      value: 10,
      unit: 'Gbit/s',
      says: 'Below this speed the processors of the queues hardly matter.',
    },
  },
  evaluate: (facts, { fromGigabits }) => {
    const { release } = facts.model.host;
    if (release === undefined) return { notEvaluated: 'The release of Windows is not known.' };
    if (release !== '2012' && release !== '2012R2') {
      return { notApplicable: 'From Server 2016 on Windows places the queues by itself.' };
    }
    return conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        if (team.vswitchId === undefined) return 'not-about';
        const members = activeMembers(facts.model, team);
        if (members.some(({ speedBitsPerSecond }) => typeof speedBitsPerSecond !== 'number')) {
          return { doubt: `The speed of some members of team ${team.name} is not known.` };
        }
        if (members.some(({ speedBitsPerSecond }) => (speedBitsPerSecond ?? 0) < fromGigabits * 1e9))
          return 'well';
        const queues = members.flatMap((adapter) => {
          const record = recordOf(facts, 'NetAdapterVmq', adapter);
          return record?.enabled === true ? [{ adapter, record }] : [];
        });
        if (queues.length < 2) return 'not-about';
        const ranges = queues.flatMap(({ adapter, record }) => rangeOf(adapter, record) ?? []);
        if (
          ranges.length < queues.length ||
          team.teamingMode === undefined ||
          team.lbAlgorithm === undefined
        ) {
          return { doubt: `The processors of the queues of team ${team.name} are not known.` };
        }
        const isSum = queuesShowPlacement(team);
        const isWrong = isSum ? overlap(ranges) : differ(ranges);
        return isWrong ? { bad: { team, ranges, isSum } } : 'well';
      },
      report: (bad) =>
        bad.map(({ team, ranges, isSum }) => {
          const said = ranges.map(({ adapter, first, count }) => `${adapter.name}: ${count} from ${first}`);
          return {
            severity: 'info',
            message: `Members of team ${team.name} have their queues on processors that ${isSum ? 'overlap' : 'differ'} (${listed(said)}); in this mode (${isSum ? 'each member has queues of its own' : 'each queue exists on every member'}) they should ${isSum ? 'be apart' : 'be the same'}.`,
            subjects: [team, ...ranges.map(({ adapter }) => adapter)],
            evidence: { team: team.name, processors: said, mode: isSum ? 'Sum-of-Queues' : 'Min-Queues' },
            advice: isSum
              ? 'Give each member processors of its own (Set-NetAdapterVmq -BaseProcessorNumber, -MaxProcessors), leaving out processor 0. Each change restarts the member.'
              : 'Give all members the same processors (Set-NetAdapterVmq -BaseProcessorNumber, -MaxProcessors). Each change restarts the member.',
          };
        }),
      none: noLbfoUnderSwitch,
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapterVmq'],
    });
  },
});

function rangeOf(
  adapter: Adapter,
  { baseProcessorNumber, maxProcessors }: NetAdapterVmqRecord,
): Range | undefined {
  return baseProcessorNumber === undefined || maxProcessors === undefined
    ? undefined
    : { adapter, first: baseProcessorNumber, count: maxProcessors };
}

function overlap(ranges: readonly Range[]): boolean {
  const sorted = [...ranges].sort((a, b) => a.first - b.first);
  return sorted.some(({ first }, at) => {
    const before = sorted[at - 1];
    return before !== undefined && first < before.first + before.count;
  });
}

function differ(ranges: readonly Range[]): boolean {
  return new Set(ranges.map(({ first, count }) => `${first}+${count}`)).size > 1;
}
