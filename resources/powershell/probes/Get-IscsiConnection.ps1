<#
.SYNOPSIS
The TCP connections of the iSCSI sessions, each with the session that it belongs to.

.DESCRIPTION
A connection does not name its session. The initiator's own class lists the connections of each session; where it
does not answer, the association of sessions and connections does. Both are one read for all.
#>
[CmdletBinding()]
param()

Resolve-Iscsi -Command 'Get-IscsiConnection'
$connections = @(Get-IscsiConnection)
if ($connections.Count -eq 0) { return }

$sessions = @{}
$owners = @(Get-CimInstance -Namespace 'root/wmi' -ClassName MSiSCSIInitiator_SessionClass -ErrorAction SilentlyContinue -ErrorVariable problems)
foreach ($owner in $owners) {
    if ($null -eq $owner -or -not $owner.SessionId) { continue }
    foreach ($connection in @($owner.ConnectionInformation)) {
        if ($null -ne $connection -and $connection.ConnectionID) { $sessions[$connection.ConnectionID] = $owner.SessionId }
    }
}
if ($sessions.Count -eq 0) {
    $pairs = @(Get-CimInstance -Namespace 'root/Microsoft/Windows/Storage' -ClassName MSFT_iSCSISessionToiSCSIConnection -ErrorAction SilentlyContinue -ErrorVariable pairProblems)
    foreach ($pair in $pairs) {
        if ($null -ne $pair -and $null -ne $pair.iSCSIConnection -and $null -ne $pair.iSCSISession) {
            $sessions[[string] $pair.iSCSIConnection.ConnectionIdentifier] = [string] $pair.iSCSISession.SessionIdentifier
        }
    }
    if ($sessions.Count -eq 0) {
        foreach ($problem in @($problems) + @($pairProblems)) { Write-Error -ErrorRecord $problem }
    }
}

$properties = @(
    'ConnectionIdentifier', 'InitiatorAddress', 'InitiatorNodeAddress', 'InitiatorPortNumber', 'TargetAddress',
    'TargetNodeAddress', 'TargetPortNumber'
)
foreach ($record in ConvertTo-Record -InputObject $connections -Property $properties) {
    $id = [string] $record.ConnectionIdentifier
    if (-not $sessions.ContainsKey($id)) {
        $record
        continue
    }
    $joined = [ordered] @{}
    foreach ($property in $record.PSObject.Properties) { $joined[$property.Name] = $property.Value }
    $joined['SessionIdentifier'] = $sessions[$id]
    [pscustomobject] $joined
}
