<#
.SYNOPSIS
The Windows release.
#>
[CmdletBinding()]
param()

$properties = @(
    'Caption', 'Version', 'BuildNumber', 'ProductType', 'OperatingSystemSKU', 'OSLanguage', 'LastBootUpTime'
)
ConvertTo-Record -InputObject @(Get-CimInstance -ClassName Win32_OperatingSystem) -Property $properties
