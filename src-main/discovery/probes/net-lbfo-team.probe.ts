/** Get-NetLbfoTeam: the NIC teams (LBFO). */
import type { NetLbfoTeamRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { listOf, text, word, wordOrOther } from '../read-values.ts';
import { lbAlgorithmByNumber, teamingModeByNumber } from '../team-words.ts';

export const probe = defineProbe({
  name: 'NetLbfoTeam',
  record: recordOf<NetLbfoTeamRecord>({
    name: key('Name', text),
    members: maybe('Members', listOf(text)),
    teamNics: maybe('TeamNics', listOf(text)),
    teamingMode: maybe('TeamingMode', word(teamingModeByNumber)),
    lbAlgorithm: maybe('LoadBalancingAlgorithm', word(lbAlgorithmByNumber)),
    status: maybe('Status', wordOrOther({ 0: 'Up', 1: 'Down', 2: 'Degraded' })),
  }),
});
