/** Why a session cannot be taken away in a way that can be taken back. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import type { FixFacts } from './define-fix.ts';

/** Empty where it can. Whether a disk keeps another path is judged on the whole plan, step by step. */
export function cannotReplace({ model }: FixFacts, session: IscsiSession): readonly Refusal[] {
  const { name, diskNumbers = [], connections, isOffloaded } = session;
  const boot = model.disks.find(
    ({ number, isBootOrSystem }) => isBootOrSystem === true && diskNumbers.includes(number),
  );
  if (boot !== undefined) {
    return [
      {
        reason: 'does-not-fit',
        message: `Windows starts from ${boot.name}: the firmware made the session ${name}, and Windows cannot make it again.`,
        remedy: 'Change the sessions of the disk that Windows starts from in the firmware.',
      },
    ];
  }
  if (isOffloaded) {
    return [
      {
        reason: 'does-not-fit',
        message: `An iSCSI adapter with addresses of its own carries the session ${name}.`,
        remedy: "Use the adapter's own program.",
      },
    ];
  }
  if (connections.length > 1) {
    return [
      {
        reason: 'does-not-fit',
        message: `The session ${name} has ${connections.length} connections, which a login does not bring back together.`,
        remedy: 'Change it by hand, as the array asks for several connections in a session.',
      },
    ];
  }
  const [connection] = connections;
  return connection?.targetAddress === undefined ||
    session.boundAddress === undefined ||
    session.isPersistent === undefined
    ? [
        {
          reason: 'fact-missing',
          message: `How the session ${name} was logged in to is not known, so there would be no way back.`,
          remedy: 'Look again as an administrator.',
        },
      ]
    : [];
}
