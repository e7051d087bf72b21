<#
.SYNOPSIS
The addresses that are in use now.

.DESCRIPTION
Without the store each lasting address comes a second time, as an entry that Windows calls invalid.
#>
[CmdletBinding()]
param()

$properties = @(
    'IPAddress', 'InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'Type', 'PrefixLength', 'PrefixOrigin',
    'SuffixOrigin', 'AddressState', 'SkipAsSource', 'ValidLifetime', 'PolicyStore'
)
ConvertTo-Record -InputObject @(Get-NetIPAddress -PolicyStore ActiveStore) -Property $properties
