<#
.SYNOPSIS
The VLAN of each virtual adapter, where it is set as isolation.

.NOTES
Windows: 2012R2+
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMNetworkAdapterIsolation' -FirstBuild 9600
$nested = @{ ParentAdapter = 'Name', 'Id', 'IsManagementOs', 'VMName', 'VMId' }
$properties = @(
    'VMNetworkAdapterName', 'VMName', 'ParentAdapter', 'IsolationMode', 'DefaultIsolationID',
    'AllowUntaggedTraffic', 'MultiTenantStack'
)
ConvertTo-Record -InputObject @(Get-VMNetworkAdapterIsolation -ManagementOS) -Property $properties -Nested $nested
try {
    ConvertTo-Record -InputObject @(Get-VMNetworkAdapterIsolation -VMName '*') -Property $properties -Nested $nested
} catch {
    # What the virtual machines do not tell takes nothing from the adapters of the management OS.
    Write-Error -ErrorRecord $_
}
