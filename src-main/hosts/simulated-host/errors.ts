/** Errors as the simulated cmdlets raise them. Sources: the negative shapes and the rows on answering "nothing". */
import { cimError } from './cim.ts';
import type { CmdletError } from './cmdlet-value.ts';
import type { Machine } from './machine.ts';

const accessDenied = 0x80041003 | 0;
const windowsAccessDenied = 0x80070005 | 0;
const invalidClass = 0x80041010 | 0;
const invalidNamespace = 0x8004100e | 0;
const genericFailure = 0x80041001 | 0;
const serviceNotActive = 0x80070426 | 0;
const endpointNotRegistered = 0x800706d9 | 0;

/** The id of a CIM cmdlet's error ends with the command; Get-CimInstance signs with its type. */
function signature(command: string): string {
  return command === 'Get-CimInstance'
    ? 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand'
    : command;
}

export function commandNotFound(command: string): CmdletError {
  return {
    message: `The term '${command}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    id: 'CommandNotFoundException',
    category: 'ObjectNotFound',
    terminating: true,
    exception: 'System.Management.Automation.CommandNotFoundException',
    target: command,
  };
}

export function cimAccessDenied(machine: Machine, command: string): CmdletError {
  return command === 'Get-CimInstance'
    ? cimError(
        machine.captions.accessDenied,
        `HRESULT 0x80041003,${signature(command)}`,
        'PermissionDenied',
        {
          hresult: accessDenied,
        },
      )
    : cimError(machine.captions.accessDenied, `Windows System Error 5,${command}`, 'PermissionDenied', {
        hresult: windowsAccessDenied,
      });
}

export function hyperVAccessDenied(machine: Machine, command: string): CmdletError {
  const computer = machine.scenario.computer.name;
  return {
    message:
      machine.captions.lcid === 1031
        ? `Sie verfügen nicht über die erforderliche Berechtigung für diese Aufgabe. Wenden Sie sich an den Administrator des Computers "${computer}".`
        : `You do not have the required permission to complete this task. Contact the administrator of the authorization policy for the computer '${computer}'.`,
    id: `AccessDenied,Microsoft.HyperV.PowerShell.Commands.${command.replace('-', '')}`,
    category: 'PermissionDenied',
    terminating: false,
    exception: 'Microsoft.HyperV.PowerShell.VirtualizationException',
    hresult: windowsAccessDenied,
  };
}

/** The Hyper-V module without the role: its WMI namespace is not there. */
export function hyperVNamespaceMissing(machine: Machine, command: string): CmdletError {
  return {
    message: `Hyper-V encountered an error trying to access an object on computer '${machine.scenario.computer.name}' because the object was not found. The object might have been deleted. Verify that the Virtual Machine Management service on the computer is running.`,
    id: `ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.${command.replace('-', '')}`,
    category: 'ObjectNotFound',
    terminating: false,
    exception: 'Microsoft.HyperV.PowerShell.VirtualizationException',
    hresult: invalidNamespace,
  };
}

export function clusterServiceMissing(command: string): CmdletError {
  return {
    message:
      'The cluster service is not running. Make sure that the service is running on all nodes in the cluster. There are no more endpoints available from the endpoint mapper',
    id: `ClusterEndpointNotRegistered,Microsoft.FailoverClusters.PowerShell.${command.replace('-', '')}Command`,
    category: 'ConnectionError',
    terminating: true,
    exception: 'Microsoft.FailoverClusters.PowerShell.ClusterCmdletException',
    hresult: endpointNotRegistered,
  };
}

export function plainAccessDenied(machine: Machine, command: string): CmdletError {
  return {
    message: machine.captions.accessDenied,
    id: `UnauthorizedAccess,${command}`,
    category: 'PermissionDenied',
    terminating: true,
    exception: 'System.UnauthorizedAccessException',
    hresult: windowsAccessDenied,
  };
}

export function classMissing(machine: Machine, className: string): CmdletError {
  return cimError(
    machine.captions.invalidClass,
    `HRESULT 0x80041010,${signature('Get-CimInstance')}`,
    'MetadataError',
    { hresult: invalidClass, target: className },
  );
}

export function namespaceMissing(namespace: string): CmdletError {
  return cimError(
    'Invalid namespace',
    `HRESULT 0x8004100e,${signature('Get-CimInstance')}`,
    'MetadataError',
    {
      hresult: invalidNamespace,
      target: namespace,
    },
  );
}

export function serviceStopped(machine: Machine, command: string): CmdletError {
  return cimError(
    machine.captions.serviceStopped,
    `HRESULT 0x80070426,${signature(command)}`,
    'NotSpecified',
    { hresult: serviceNotActive },
  );
}

export function failure(machine: Machine, command: string): CmdletError {
  return cimError(
    machine.captions.genericFailure,
    `HRESULT 0x80041001,${signature(command)}`,
    'NotSpecified',
    {
      hresult: genericFailure,
      terminating: true,
    },
  );
}

export function nothingFound(
  className: string,
  property: string,
  value: string,
  command: string,
): CmdletError {
  return cimError(
    `No ${className} objects found with property '${property}' equal to '${value}'.  Verify the value of the property and retry.`,
    `CmdletizationQuery_NotFound_${property},${command}`,
    'ObjectNotFound',
    { target: value },
  );
}

export function parameterUnknown(command: string, parameter: string): CmdletError {
  return {
    message: `A parameter cannot be found that matches parameter name '${parameter}'.`,
    id: `NamedParameterNotFound,${command}`,
    category: 'InvalidArgument',
    terminating: true,
    exception: 'System.Management.Automation.ParameterBindingException',
  };
}

export function parameterMissing(command: string, parameter: string): CmdletError {
  return {
    message: `Cannot process command because of one or more missing mandatory parameters: ${parameter}.`,
    id: `MissingMandatoryParameter,Microsoft.HyperV.PowerShell.Commands.${command.replace('-', '')}`,
    category: 'InvalidArgument',
    terminating: true,
    exception: 'System.Management.Automation.ParameterBindingException',
  };
}

/** A question before a change, where nobody can answer: `-NonInteractive`. */
export function cannotAsk(command: string): CmdletError {
  return {
    message: 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.',
    id: `InvalidOperation,${command}`,
    category: 'InvalidOperation',
    terminating: true,
    exception: 'System.Management.Automation.PSInvalidOperationException',
  };
}
