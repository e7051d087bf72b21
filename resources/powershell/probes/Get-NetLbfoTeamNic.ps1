<#
.SYNOPSIS
The interfaces that the NIC teams (LBFO) present.
#>
[CmdletBinding()]
param()

Resolve-Lbfo -Command 'Get-NetLbfoTeamNic'
$answer = @()
try {
    $answer = @(Get-NetLbfoTeamNic -ErrorAction SilentlyContinue -ErrorVariable problems)
} catch {
    $problems = @($_)
}
Write-LbfoProblem -Answer $answer -Problem $problems
$properties = @(
    'Name', 'InterfaceDescription', 'InstanceID', 'Team', 'VlanID', 'Primary', 'Default', 'FailureReason',
    'TransmitLinkSpeed', 'ReceiveLinkSpeed'
)
ConvertTo-Record -InputObject $answer -Property $properties
