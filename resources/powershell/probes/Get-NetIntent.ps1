<#
.SYNOPSIS
The intents of Network ATC, which owns the settings of the adapters it names.

.NOTES
Windows: 2025
#>
[CmdletBinding()]
param()

if (-not (Test-Command -Name 'Get-NetIntent')) {
    # The first release that can have it is build 20348.
    if ((Get-WindowsVersion).BuildNumber -lt 20348) {
        Stop-Observation -Kind 'not-on-this-windows' -Message 'This Windows release has no Network ATC.'
    }
    Stop-Observation -Kind 'feature-missing' -Message 'The feature Network ATC is not installed on this host.'
}
$properties = @(
    'IntentName', 'Scope', 'IntentType', 'NetAdapterNamesAsList', 'IsManagementIntentSet', 'IsComputeIntentSet',
    'IsStorageIntentSet', 'IsStretchIntentSet', 'StorageVLANs', 'ManagementVLAN'
)
ConvertTo-Record -InputObject @(Get-NetIntent) -Property $properties
