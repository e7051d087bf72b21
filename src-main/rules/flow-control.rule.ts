/** Pause frames of the whole link beside priority flow control, or on some ports of a path set only. */
import type { Adapter } from '#shared/host/host-model.ts';
import { driverSetting, recordOf } from './adapter-facts.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

type Bad =
  | { readonly both: readonly Adapter[] }
  | { readonly on: readonly Adapter[]; readonly off: readonly Adapter[] };

export const rule = defineRule({
  id: 'flow-control',
  severities: ['info'],
  title: 'Flow control is set alike on the paths of storage',
  failureTitle: 'Flow control is not set alike',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty', 'NetAdapterQos'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const carriers = storageCarriers(facts).flatMap(({ adapter }) =>
      adapter.role === 'physical' ? [adapter] : [],
    );
    const forIscsi = new Set(
      storageInterfaces(facts).inUse.flatMap(({ sessions, adapters }) =>
        sessions.length > 0 ? adapters.map(({ id }) => id) : [],
      ),
    );
    return conclude<readonly Adapter[], Bad>(facts, {
      things: [...carriers.map((one) => [one]), carriers.filter(({ id }) => forIscsi.has(id))],
      see: (ports) => see(facts, ports),
      report: (bad) => {
        const both = bad.flatMap((one) => ('both' in one ? one.both : []));
        const uneven = bad.filter((one) => 'on' in one);
        return [...(both.length > 0 ? [{ both }] : []), ...uneven].map((one) => findingFor(facts, one));
      },
      none: 'No storage adapter has a setting for flow control.',
      gap: storageInterfaces(facts).gap,
    });
  },
});

function see(facts: HostFacts, ports: readonly Adapter[]): Seen<Bad> {
  const told = ports.flatMap((port) => {
    const setting = driverSetting(facts, port, '*FlowControl');
    return setting === undefined ? [] : [{ port, isOn: setting !== 0 }];
  });
  const [first, second] = told;
  if (first === undefined) return 'not-about';
  if (second === undefined) {
    const priorities = recordOf(facts, 'NetAdapterQos', first.port);
    const isPfc = priorities?.enabled === true && priorities.pausedPriorities?.includes(true) === true;
    return first.isOn && isPfc ? { bad: { both: [first.port] } } : 'well';
  }
  const on = told.flatMap(({ port, isOn }) => (isOn ? [port] : []));
  const off = told.flatMap(({ port, isOn }) => (isOn ? [] : [port]));
  return on.length > 0 && off.length > 0 ? { bad: { on, off } } : 'well';
}

function findingFor({ model }: HostFacts, bad: Bad): RuleFinding {
  if ('both' in bad) {
    const [head, ...tail] = bad.both;
    const names = bad.both.map(({ name }) => name);
    return {
      severity: 'info',
      message: `${listed(names)} ${names.length === 1 ? 'has' : 'have'} pause frames for the whole link switched on (*FlowControl) and priority flow control in force: a link uses one of the two.`,
      subjects: [head ?? model.host, ...tail],
      evidence: { adapters: names, keyword: '*FlowControl' },
      advice:
        'Where priority flow control is wanted, set *FlowControl to 0, so that a switch that negotiates differently cannot stop all traffic of the link. That restarts the adapter.',
    };
  }
  const { on, off } = bad;
  const [first, ...others] = [...on, ...off];
  return {
    severity: 'info',
    message: `Flow control is on for ${listed(on.map(({ name }) => name))} and off for ${listed(off.map(({ name }) => name))}, although all of them carry iSCSI.`,
    subjects: [first ?? model.host, ...others],
    evidence: { on: on.map(({ name }) => name), off: off.map(({ name }) => name) },
    advice:
      'Set it on all ports of iSCSI as the maker of the array asks for, and the same on the switch ports.',
  };
}
