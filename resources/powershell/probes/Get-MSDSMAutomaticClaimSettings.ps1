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
            $isEnabled = $setting[$busType]
        } else {
            $property = $setting.PSObject.Properties[$busType]
            if ($null -eq $property) { continue }
            $isEnabled = $property.Value
        }
        [pscustomobject] @{ BusType = $busType; Enabled = [bool] $isEnabled }
    }
}
