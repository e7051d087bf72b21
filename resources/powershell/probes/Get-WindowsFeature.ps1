<#
.SYNOPSIS
The roles and features that storage over the network depends on, under the names that servers use.

.DESCRIPTION
A workstation has other names for them and another command; with the server tools installed it has the command for
servers too, which then fails. A feature that this Windows does not know is not in the answer.
#>
[CmdletBinding()]
param()

$system = Get-CimInstance -ClassName Win32_OperatingSystem -Property ProductType -ErrorAction Stop
if ($system.ProductType -ne 1) {
    ConvertTo-Record -InputObject @(
        Get-WindowsFeature -Name 'Multipath-IO', 'Hyper-V', 'Hyper-V-PowerShell', 'Failover-Clustering', 'Data-Center-Bridging'
    ) -Property 'Name', 'Installed', 'InstallState'
    return
}
$serverNames = @{
    'MultiPathIO' = 'Multipath-IO'
    'Microsoft-Hyper-V' = 'Hyper-V'
    'Microsoft-Hyper-V-Management-PowerShell' = 'Hyper-V-PowerShell'
    'DataCenterBridging' = 'Data-Center-Bridging'
}
foreach ($feature in @(Get-WindowsOptionalFeature -Online)) {
    $name = $serverNames[[string] $feature.FeatureName]
    if ($null -eq $name) { continue }
    $state = [string] $feature.State
    [pscustomobject] @{ Name = $name; Installed = $state -eq 'Enabled'; InstallState = $state }
}
