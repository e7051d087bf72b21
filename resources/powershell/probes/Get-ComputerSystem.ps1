<#
.SYNOPSIS
The computer: its name, its domain, who made it.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'Domain', 'PartOfDomain', 'DomainRole', 'Manufacturer', 'Model', 'HypervisorPresent',
    'NumberOfLogicalProcessors', 'TotalPhysicalMemory'
)
ConvertTo-Record -InputObject @(Get-CimInstance -ClassName Win32_ComputerSystem) -Property $properties
