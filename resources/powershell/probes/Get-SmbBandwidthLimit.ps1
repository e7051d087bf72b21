<#
.SYNOPSIS
The limits that are set on SMB traffic by kind: default, virtual machine and live migration.

.NOTES
Windows: 2012R2+
#>
[CmdletBinding()]
param()

if (-not (Test-Command -Name 'Get-SmbBandwidthLimit')) {
    if (Test-Command -Name 'Get-SmbConnection') {
        Stop-Observation -Kind 'feature-missing' -Message 'The feature SMB Bandwidth Limit is not installed on this host.'
    }
    Stop-Observation -Kind 'cmdlet-missing' -Message 'The SMB module for PowerShell could not be found.'
}
ConvertTo-Record -InputObject @(Get-SmbBandwidthLimit) -Property 'Category', 'BytesPerSecond'
