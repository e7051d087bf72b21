<#
.SYNOPSIS
The NIC teams (LBFO) of the host.
#>
[CmdletBinding()]
param()

Resolve-Lbfo -Command 'Get-NetLbfoTeam'
$answer = @()
try {
    $answer = @(Get-NetLbfoTeam -ErrorAction SilentlyContinue -ErrorVariable problems)
} catch {
    $problems = @($_)
}
Write-LbfoProblem -Answer $answer -Problem $problems
$properties = @(
    'Name', 'Members', 'TeamNics', 'TeamingMode', 'LoadBalancingAlgorithm', 'LacpTimer', 'Status'
)
ConvertTo-Record -InputObject $answer -Property $properties
