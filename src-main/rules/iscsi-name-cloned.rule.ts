/** An initiator name that Windows made for another computer: a sign of a cloned host. */
import { defineRule } from './define-rule.ts';
import { appliesToSessions } from './iscsi-paths.ts';
import { fineIfRead } from './readings.ts';

const byWindows = 'iqn.1991-05.com.microsoft:';
/** The longest name that a computer is shown with. */
const netbiosLength = 15;

export const rule = defineRule({
  id: 'iscsi-name-cloned',
  severities: ['error', 'info'],
  title: 'The initiator is named after this computer',
  failureTitle: 'The initiator is named after another computer',
  needs: ['InitiatorPort', 'ComputerSystem', 'IscsiSession'],
  fixes: [],
  appliesTo: appliesToSessions,
  evaluate: ({ model, snapshot }) => {
    const { InitiatorPort, ComputerSystem } = snapshot.readings;
    const computer = ComputerSystem.status === 'ok' ? ComputerSystem.records[0]?.name : undefined;
    const names = InitiatorPort.status === 'ok' ? InitiatorPort.records : [];
    const own = names.find(
      ({ nodeAddress, instanceName }) =>
        nodeAddress.toLowerCase().startsWith(byWindows) &&
        (instanceName === undefined || /^root\\iscsiprt\\/i.test(instanceName)),
    )?.nodeAddress;
    if (computer === undefined) return { notEvaluated: 'The name of this computer is not known.' };
    if (own === undefined) return { notApplicable: 'The initiator has a name that Windows did not make.' };
    const host = own.slice(byWindows.length).split('.')[0]?.toLowerCase() ?? '';
    const expected = computer.toLowerCase();
    const isOwn = host === expected || (expected.length === netbiosLength && host.startsWith(expected));
    if (isOwn) return fineIfRead(snapshot, ['InitiatorPort']);
    return [
      {
        severity: 'info',
        message: `The iSCSI initiator is called ${own}, while this computer is ${computer}: the name was made for another computer, or for this one under another name.`,
        subjects: [model.host],
        evidence: { initiatorName: own, computerName: computer },
        advice:
          "If the host was cloned from the other one, give it a name of its own before both log in to the same array: two hosts of one name take each other's sessions. If it was merely renamed, leave it; the array maps its disks by this name.",
      },
    ];
  },
});
