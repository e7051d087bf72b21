<#
.SYNOPSIS
The iSCSI targets that the initiator knows, with the portals that each offers.

.DESCRIPTION
The command knows name and state; the portals stand in the initiator's own class, which may list a target once for
each way it was found. Where the class cannot be read, the targets are listed without portals.
#>
[CmdletBinding()]
param()

Resolve-Iscsi -Command 'Get-IscsiTarget'
$targets = @(Get-IscsiTarget)
if ($targets.Count -eq 0) { return }

$details = @(Get-CimInstance -Namespace 'root/wmi' -ClassName MSiSCSIInitiator_TargetClass)
$portals = @{}
foreach ($detail in $details) {
    if ($null -eq $detail -or -not $detail.TargetName) { continue }
    if (-not $portals.ContainsKey($detail.TargetName)) {
        $portals[$detail.TargetName] = New-Object -TypeName Collections.ArrayList
    }
    foreach ($group in @($detail.PortalGroups)) {
        if ($null -eq $group) { continue }
        $list = foreach ($portal in @($group.Portals)) {
            if ($null -ne $portal) {
                [pscustomobject] @{
                    Address = [string] $portal.Address
                    Port = $portal.Port
                    SymbolicName = $portal.SymbolicName
                }
            }
        }
        $null = $portals[$detail.TargetName].Add([pscustomobject] @{ Index = $group.Index; Portals = @($list) })
    }
}
foreach ($target in $targets) {
    $record = [ordered] @{ NodeAddress = $target.NodeAddress; IsConnected = $target.IsConnected }
    if ($target.NodeAddress -and $portals.ContainsKey($target.NodeAddress)) {
        $record['PortalGroups'] = $portals[$target.NodeAddress].ToArray()
    }
    [pscustomobject] $record
}
