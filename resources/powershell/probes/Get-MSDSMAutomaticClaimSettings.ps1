<#
.SYNOPSIS
The bus types whose disks the Microsoft DSM claims by itself.

.DESCRIPTION
The command gives one hashtable with an entry for each bus type; each becomes an item.
#>
[CmdletBinding()]
param()

Resolve-Mpio
foreach ($setting in @(Get-MSDSMAutomaticClaimSettings)) {
    foreach ($busType in 'iSCSI', 'SAS') {
        if ($setting -is [Collections.IDictionary]) {
            if (-not $setting.Contains($busType)) { continue }
        } elseif ($null -eq $setting.PSObject.Properties[$busType]) { continue }
        [pscustomobject] @{ BusType = $busType; Enabled = [bool] $setting.$busType }
    }
}
