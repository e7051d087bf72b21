<#
.SYNOPSIS
The hardware ids that the Microsoft DSM claims for Multipath I/O.
#>
[CmdletBinding()]
param()

Resolve-Mpio
$properties = @(
    'VendorId', 'ProductId'
)
ConvertTo-Record -InputObject @(Get-MSDSMSupportedHW) -Property $properties
