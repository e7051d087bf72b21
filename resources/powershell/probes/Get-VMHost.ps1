<#
.SYNOPSIS
How Hyper-V is set up on this host.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMHost'
$properties = @(
    'Name', 'ComputerName', 'FullyQualifiedDomainName', 'LogicalProcessorCount', 'MemoryCapacity',
    'IovSupport', 'IovSupportReasons', 'MacAddressMinimum', 'MacAddressMaximum',
    'VirtualMachineMigrationEnabled', 'VirtualMachineMigrationAuthenticationType',
    'VirtualMachineMigrationPerformanceOption', 'MaximumVirtualMachineMigrations', 'MaximumStorageMigrations',
    'UseAnyNetworkForMigration', 'NumaSpanningEnabled'
)
ConvertTo-Record -InputObject @(Get-VMHost) -Property $properties
