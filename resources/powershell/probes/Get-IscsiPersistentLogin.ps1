<#
.SYNOPSIS
The logins to iSCSI targets that Windows repeats after a restart.

.DESCRIPTION
User name and password of a login are properties of its LoginOptions. They are not among those that are taken.
#>
[CmdletBinding()]
param()

Resolve-Iscsi
$nested = @{
    TargetPortal = 'Address', 'Port', 'SymbolicName'
    LoginOptions = 'LoginFlags', 'AuthType', 'HeaderDigest', 'DataDigest', 'MaximumConnections'
}
$properties = @(
    'TargetName', 'InitiatorInstance', 'InitiatorPortNumber', 'TargetPortal', 'IsInformationalSession',
    'LoginOptions'
)
ConvertTo-Record -InputObject @(Get-CimInstance -Namespace 'root/wmi' -ClassName MSiSCSIInitiator_PersistentLoginClass) -Property $properties -Nested $nested
