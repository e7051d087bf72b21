/** A host with traffic classes of its own that takes those of the switch. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { ownTrafficClasses, noTrafficClass } from './traffic-classes.ts';
import { isRoceInUse } from './rdma-facts.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'dcbx-willing',
  severities: ['warning', 'info'],
  title: 'The host keeps its own traffic classes',
  failureTitle: 'The host takes traffic classes from the switch although it has its own',
  needs: ['NetQosTrafficClass', 'NetQosDcbxSetting'],
  fixes: [],
  evaluate: (facts) => {
    const { NetQosDcbxSetting } = facts.snapshot.readings;
    const settings = NetQosDcbxSetting.status === 'ok' ? NetQosDcbxSetting.records : [];
    const classes = ownTrafficClasses(facts);
    return conclude(facts, {
      things: classes.length === 0 ? [] : settings,
      see: (setting) => (setting.isWilling ? { bad: setting } : 'well'),
      report: (bad) => {
        const where = bad.flatMap(({ interfaceAlias }) => interfaceAlias ?? []);
        const isRoce = isRoceInUse(facts);
        return {
          severity: isRoce ? 'warning' : 'info',
          message: `The host defines traffic classes (${listed(classes.map(({ name }) => name))}) and takes the settings of the switch${where.length > 0 ? ` on ${listed(where)}` : ''}: what is in force is what the switch says${isRoce ? ', and RoCE storage depends on it' : ''}.`,
          subjects: [facts.model.host],
          evidence: {
            trafficClasses: classes.map(({ name }) => name),
            interfaces: where,
            isRoceInUse: isRoce,
          },
          advice:
            'If the host shall decide, set Willing to false (Set-NetQosDcbxSetting); if the switch shall, remove the classes of the host, so that nobody takes them for what is in force.',
        };
      },
      none: noTrafficClass,
      rests: ['NetQosTrafficClass', 'NetQosDcbxSetting'],
    });
  },
});
