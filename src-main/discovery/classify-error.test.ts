import { describe, expect, it } from 'vitest';
import { observationFailureKinds, type ObservationFailureKind } from '#shared/result.ts';
import type { ScriptError } from '../powershell/shell.ts';
import {
  classifyFailure,
  classifyScriptError,
  saysNothingFound,
  statusOfKind,
  type ErrorContext,
} from './classify-error.ts';

const cimException = 'Microsoft.Management.Infrastructure.CimException';

interface Case {
  readonly name: string;
  readonly error: Omit<ScriptError, 'message'>;
  readonly context?: ErrorContext;
  readonly kind: ObservationFailureKind;
}

const cases: readonly Case[] = [
  {
    name: 'E_ACCESSDENIED as a signed number',
    error: { hresult: 0x80070005 | 0 },
    kind: 'access-denied',
  },
  { name: 'E_ACCESSDENIED as an unsigned number', error: { hresult: 0x80070005 }, kind: 'access-denied' },
  {
    name: 'a denied call of an elevated engine',
    error: { category: 'PermissionDenied' },
    context: { isElevated: true },
    kind: 'access-denied',
  },
  {
    name: 'a denied call of an engine without rights',
    error: { category: 'PermissionDenied' },
    context: { isElevated: false },
    kind: 'not-elevated',
  },
  {
    name: 'a denied call where the script itself says so, without rights',
    error: { kind: 'access-denied' },
    context: { isElevated: false },
    kind: 'not-elevated',
  },
  { name: 'WBEM_E_ACCESS_DENIED', error: { nativeError: 0x80041003 }, kind: 'access-denied' },
  {
    name: 'a denied CIM call by its MI code',
    error: { exception: cimException, nativeError: 2 },
    kind: 'access-denied',
  },
  {
    name: 'a denied CIM call by the code in its id',
    error: { id: 'HRESULT 0x80041003,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand' },
    kind: 'access-denied',
  },
  {
    name: 'a denied CIM call by its Windows code in the id',
    error: { id: 'Windows System Error 5,Get-SmbConnection' },
    kind: 'access-denied',
  },
  {
    name: 'Win32 5, which is not MI 5',
    error: { exception: 'System.ComponentModel.Win32Exception', nativeError: 5 },
    kind: 'access-denied',
  },
  { name: 'a small code of no known family', error: { nativeError: 5 }, kind: 'script-error' },
  {
    name: 'a denied Hyper-V call',
    error: {
      id: 'AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVMSwitch',
      exception: 'Microsoft.HyperV.PowerShell.VirtualizationException',
    },
    kind: 'access-denied',
  },
  {
    name: 'a call that needs elevation',
    error: { hresult: 0x800702e4 | 0 },
    kind: 'not-elevated',
  },
  {
    name: 'a missing command',
    error: { id: 'CommandNotFoundException', category: 'ObjectNotFound' },
    kind: 'cmdlet-missing',
  },
  {
    name: 'a missing command that Get-Command reports',
    error: { id: 'CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand' },
    kind: 'cmdlet-missing',
  },
  {
    name: 'a missing command of a feature that is not installed',
    error: { exception: 'System.Management.Automation.CommandNotFoundException' },
    context: { absence: 'feature-missing' },
    kind: 'feature-missing',
  },
  {
    name: 'a missing command that this release never had',
    error: { id: 'CommandNotFoundException' },
    context: { absence: 'not-on-this-windows' },
    kind: 'not-on-this-windows',
  },
  {
    name: 'an object that was not found, which is no missing command',
    error: { category: 'ObjectNotFound', id: 'ObjectNotFound,Some.Command' },
    context: { absence: 'feature-missing' },
    kind: 'script-error',
  },
  { name: 'an invalid class', error: { nativeError: 0x80041010 | 0 }, kind: 'cmdlet-missing' },
  {
    name: 'an invalid class of a missing feature',
    error: { id: 'HRESULT 0x80041010,X' },
    context: { absence: 'feature-missing' },
    kind: 'feature-missing',
  },
  {
    name: 'an invalid class by its MI code',
    error: { exception: cimException, nativeError: 5 },
    kind: 'cmdlet-missing',
  },
  { name: 'an invalid namespace', error: { id: 'MI RESULT 3,X' }, kind: 'cmdlet-missing' },
  { name: 'WBEM_E_INVALID_NAMESPACE', error: { hresult: 0x8004100e | 0 }, kind: 'cmdlet-missing' },
  {
    name: 'WBEM_E_NOT_SUPPORTED, which an MPIO class says when there is no MPIO disk',
    error: { hresult: 0x8004100c | 0 },
    context: { absence: 'feature-missing' },
    kind: 'script-error',
  },
  { name: 'a service that is not active', error: { hresult: 0x80070426 | 0 }, kind: 'service-stopped' },
  { name: 'a disabled service', error: { hresult: 0x80070422 | 0 }, kind: 'service-stopped' },
  { name: 'an RPC server that is not there', error: { hresult: 0x800706ba | 0 }, kind: 'service-stopped' },
  {
    name: 'an endpoint that is not registered',
    error: { exception: 'System.ComponentModel.Win32Exception', nativeError: 1753 },
    kind: 'service-stopped',
  },
  { name: 'a provider that timed out', error: { category: 'OperationTimeout' }, kind: 'timed-out' },
  { name: 'WBEM_E_TIMED_OUT', error: { hresult: 0x80041069 | 0 }, kind: 'timed-out' },
  { name: 'WBEM_E_CALL_CANCELLED', error: { hresult: 0x80041032 | 0 }, kind: 'cancelled' },
  {
    name: 'a refusal of constrained language mode',
    error: { id: 'MethodInvocationNotSupportedInConstrainedLanguage' },
    kind: 'constrained-language',
  },
  { name: 'what the script itself says', error: { kind: 'service-stopped' }, kind: 'service-stopped' },
  {
    name: 'a word of the script that is no kind',
    error: { kind: 'strange', category: 'PermissionDenied' },
    kind: 'access-denied',
  },
  { name: 'an error that says nothing', error: {}, kind: 'script-error' },
  { name: 'a generic WMI failure', error: { hresult: 0x80041001 | 0 }, kind: 'script-error' },
];

describe('classifyScriptError', () => {
  it.each(cases)('calls $name $kind', ({ error, context, kind }) => {
    expect(classifyScriptError({ message: 'irgendein Text', ...error }, context)).toBe(kind);
  });

  it('never looks at the message', () => {
    const messages = ['Access is denied', 'Zugriff verweigert', "The term 'Get-X' is not recognized", ''];
    for (const { error, context, kind } of cases) {
      for (const message of messages) {
        expect(classifyScriptError({ message, ...error }, context)).toBe(kind);
      }
    }
  });
});

describe('classifyFailure', () => {
  it.each(observationFailureKinds)('keeps %s', (kind) => {
    expect(classifyFailure({ kind, message: '' })).toBe(kind);
  });

  it('calls a failure of another door unexpected', () => {
    expect(classifyFailure({ kind: 'bad-request', message: '' })).toBe('unexpected');
  });

  it('calls a denied call without rights not-elevated', () => {
    expect(classifyFailure({ kind: 'access-denied', message: '' }, { isElevated: false })).toBe(
      'not-elevated',
    );
  });
});

describe('saysNothingFound', () => {
  it('knows the id of a query without a match', () => {
    const id = 'CmdletizationQuery_NotFound_RemotePort,Get-NetTCPConnection';
    expect(saysNothingFound({ message: '', id })).toBe(true);
  });

  it('does not take another missing object for it', () => {
    expect(saysNothingFound({ message: '', id: 'CommandNotFoundException' })).toBe(false);
    expect(saysNothingFound({ message: '' })).toBe(false);
  });
});

describe('statusOfKind', () => {
  it('says unavailable only where the host has no answer to give', () => {
    const unavailable = observationFailureKinds.filter((kind) => statusOfKind(kind) === 'unavailable');
    expect(unavailable).toEqual([
      'feature-missing',
      'not-on-this-windows',
      'cmdlet-missing',
      'service-stopped',
    ]);
  });
});
