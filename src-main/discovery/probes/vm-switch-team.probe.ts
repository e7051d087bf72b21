/** Get-VMSwitchTeam: the members of each Switch Embedded Team, and how it spreads traffic. */
import type { VMSwitchTeamRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { guid, listOf, text, word } from '../read-values.ts';
import { lbAlgorithmByNumber, teamingModeByNumber } from '../team-words.ts';

export const probe = defineProbe({
  name: 'VMSwitchTeam',
  record: recordOf<VMSwitchTeamRecord>({
    name: key('Name', text),
    id: maybe('Id', guid),
    memberDescriptions: maybe(
      ['NetAdapterInterfaceDescription', 'NetAdapterInterfaceDescriptions'],
      listOf(text),
    ),
    memberInterfaceGuids: maybe('NetAdapterInterfaceGuid', listOf(guid)),
    teamingMode: maybe('TeamingMode', word(teamingModeByNumber)),
    lbAlgorithm: maybe('LoadBalancingAlgorithm', word(lbAlgorithmByNumber)),
  }),
});
