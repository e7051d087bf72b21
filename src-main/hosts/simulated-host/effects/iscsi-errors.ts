/** What the initiator refuses, with the status codes of iscsierr.h. */
import { cimError } from '../cim.ts';
import type { CmdletError } from '../cmdlet-value.ts';

const refusals = {
  connectionFailed: [0xefff0003, 'Connection Failed.'],
  authenticationFailed: [0xefff0009, 'Authentication Failure.'],
  sessionUnknown: [0xefff001c, 'The session id is not valid.'],
  targetUnknown: [0xefff0029, 'The target name is not found or is marked as hidden from login.'],
  alreadyLoggedIn: [0xefff003f, 'The target has already been logged in via an iSCSI session.'],
  deviceBusy: [
    0xefff0040,
    'The session cannot be logged out since a device on that session is currently being used.',
  ],
  loginNotRemoved: [0xefff0042, 'Failed to remove persistent login information.'],
  portalUnknown: [0xefff0043, 'No portal was found.'],
  secretInvalid: [
    0xefff004a,
    'Invalid CHAP secret: it must be 12 to 16 characters long where IPsec is not used.',
  ],
  authenticationTypeInvalid: [0xefff004e, 'The authentication type is not valid.'],
} as const;

export function iscsiError(kind: keyof typeof refusals, command: string): CmdletError {
  const [status, message] = refusals[kind];
  return cimError(message, `HRESULT 0x${status.toString(16)},${command}`, 'NotSpecified', {
    hresult: status | 0,
  });
}
