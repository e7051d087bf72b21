/** Bandwidth shares of the traffic classes that do not add up. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { ownTrafficClasses, noTrafficClass } from './traffic-classes.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'ets-sum',
  severities: ['warning'],
  title: 'Shares of the traffic classes add up',
  failureTitle: 'Shares of the traffic classes do not add up to 100 %',
  needs: ['NetQosTrafficClass'],
  fixes: [],
  evaluate: (facts) => {
    const { NetQosTrafficClass } = facts.snapshot.readings;
    const all = NetQosTrafficClass.status === 'ok' ? NetQosTrafficClass.records : [];
    return conclude(facts, {
      things: ownTrafficClasses(facts).length === 0 ? [] : [all],
      see: (classes) => {
        if (classes.some(({ algorithm }) => algorithm === undefined)) {
          return { doubt: 'How the traffic classes are served is not known.' };
        }
        const shared = classes.filter(({ algorithm }) => !/strict/i.test(algorithm ?? ''));
        if (shared.length === 0) return 'not-about';
        if (shared.some(({ bandwidthPercent }) => typeof bandwidthPercent !== 'number')) {
          return { doubt: 'The share of some traffic classes is not known.' };
        }
        const sum = shared.reduce((total, { bandwidthPercent }) => total + (bandwidthPercent ?? 0), 0);
        return sum === 100 ? 'well' : { bad: { shared, sum } };
      },
      report: ([{ shared, sum }]) => {
        const said = shared.map(({ name, bandwidthPercent }) => `${name}: ${bandwidthPercent ?? 0} %`);
        return {
          severity: 'warning',
          message: `The shares of the traffic classes add up to ${sum} % (${listed(said)}): adapters refuse such a table or scale it as they like.`,
          subjects: [facts.model.host],
          evidence: { shares: said, sumPercent: sum },
          advice: 'Set shares that add up to 100 % with the default class, and the same on the switch.',
        };
      },
      none: noTrafficClass,
      rests: ['NetQosTrafficClass'],
    });
  },
});
