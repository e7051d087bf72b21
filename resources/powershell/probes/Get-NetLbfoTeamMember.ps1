<#
.SYNOPSIS
The adapters in the NIC teams (LBFO), and the state of each.
#>
[CmdletBinding()]
param()

Resolve-Lbfo -Command 'Get-NetLbfoTeamMember'
$answer = @()
try {
    $answer = @(Get-NetLbfoTeamMember -ErrorAction SilentlyContinue -ErrorVariable problems)
} catch {
    $problems = @($_)
}
Write-LbfoProblem -Answer $answer -Problem $problems
$properties = @(
    'Name', 'InterfaceDescription', 'InstanceID', 'Team', 'AdministrativeMode', 'OperationalMode',
    'OperationalStatus', 'FailureReason', 'TransmitLinkSpeed', 'ReceiveLinkSpeed', 'NumberOfFailures'
)
$modes = @{ '0' = 'Active'; '1' = 'Standby'; '4096' = 'Failed' }
foreach ($member in @(ConvertTo-Record -InputObject $answer -Property $properties)) {
    # Where the class's own OperationalStatus shows through, it is a list of numbers that mean something else.
    $status = $member.PSObject.Properties['OperationalStatus']
    if ($null -ne $status -and -not ($status.Value -is [string])) {
        $mode = [string] $member.OperationalMode
        if ($modes.ContainsKey($mode)) { $mode = $modes[$mode] }
        if ($mode -ne '') { $status.Value = $mode }
    }
    $member
}
