<#
.SYNOPSIS
The VLAN of each virtual adapter, where it is set by the VLAN commands.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMNetworkAdapterVlan'
$nested = @{ ParentAdapter = 'Name', 'Id', 'IsManagementOs', 'VMName', 'VMId' }
$properties = @(
    'VMNetworkAdapterName', 'VMName', 'ParentAdapter', 'OperationMode', 'AccessVlanId', 'NativeVlanId',
    'AllowedVlanIdList', 'PrivateVlanMode', 'PrimaryVlanId', 'SecondaryVlanId'
)
ConvertTo-Record -InputObject @(Get-VMNetworkAdapterVlan -ManagementOS) -Property $properties -Nested $nested
try {
    ConvertTo-Record -InputObject @(Get-VMNetworkAdapterVlan -VMName '*') -Property $properties -Nested $nested
} catch {
    # What the virtual machines do not tell takes nothing from the adapters of the management OS.
    Write-Error -ErrorRecord $_
}
