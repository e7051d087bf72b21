/** What a person can do about a failure that says nothing more special; docs/failures.md lists the same. */
import type { Failure, FailureKind } from './result.ts';

export const nextSteps: Readonly<Record<FailureKind, string>> = {
  'feature-missing': 'Nothing, unless the host should have the role or feature: install it then.',
  'not-on-this-windows':
    'Nothing: this release of Windows does not have it, and what rests on it does not apply.',
  'cmdlet-missing': 'Install the management tools of the role, or repair WMI, then look again.',
  'service-stopped': 'Start the service, if the host should have it, then look again.',
  'not-elevated': 'Start Switchyard as administrator.',
  'access-denied': 'Use an account that may read it, or start Switchyard as administrator.',
  'timed-out':
    'Wait until the host is less busy, then look again; a provider of Windows that stays stuck needs its service restarted.',
  cancelled: 'Look again when it suits.',
  exited: 'Look again; where it stays so, see whether security software ends PowerShell on this host.',
  'start-failed': 'Run "switchyard doctor": it says what keeps PowerShell or the port from starting.',
  'bad-output': 'Look again; where it stays so, run "switchyard doctor" and tell us what the detail says.',
  'too-large': 'Tell us how large this host is: the answer was larger than Switchyard accepts.',
  'constrained-language':
    'Allow Switchyard in the policy that sets the language mode, or use an account that it leaves alone.',
  'script-error': 'Run the command by hand to see what Windows says: the raw answer names it.',
  unexpected: 'The log has the details under the number of the error; "switchyard doctor" names its folder.',
  'bad-request': 'See "switchyard --help" for what there is.',
  'bad-file': 'Check the path, the rights and the free space, or take another file.',
  refused: 'The message says what stands in the way: change that, then try again.',
};

/** What is told after the message. */
export function nextStep({ kind, remedy }: Pick<Failure, 'kind' | 'remedy'>): string {
  return remedy ?? nextSteps[kind];
}
