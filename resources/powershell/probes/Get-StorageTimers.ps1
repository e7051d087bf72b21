<#
.SYNOPSIS
The time limits of disks, iSCSI and Multipath I/O in the registry.

.DESCRIPTION
One item for each value that is there. iSCSI keeps them for each adapter, under a number of its own: one read with a
pattern takes all adapters.
#>
[CmdletBinding()]
param()

$wanted = @(
    @{
        Path = 'HKLM:\SYSTEM\CurrentControlSet\Services\Disk'
        Names = 'TimeOutValue', 'IoLatencyCap'
    }
    @{
        Path = 'HKLM:\SYSTEM\CurrentControlSet\Services\mpio\Parameters'
        Names = @(
            'PathVerifyEnabled', 'PathVerificationPeriod', 'PDORemovePeriod', 'RetryCount', 'RetryInterval',
            'UseCustomPathRecoveryInterval', 'PathRecoveryInterval', 'DiskPathCheckInterval'
        )
    }
    @{
        Path = 'HKLM:\SYSTEM\CurrentControlSet\Services\msdsm\Parameters'
        Names = 'DsmMaximumStateTransitionTime', 'DsmMaximumRetryTimeDuringStateTransition'
    }
    @{
        Path = 'HKLM:\SYSTEM\CurrentControlSet\Control\Class\{4D36E97B-E325-11CE-BFC1-08002BE10318}\0*\Parameters'
        Names = @(
            'MaxRequestHoldTime', 'LinkDownTime', 'SrbTimeoutDelta', 'EnableNOPOut', 'TCPConnectTime',
            'TCPDisconnectTime', 'MaxPendingRequests', 'MaxTransferLength', 'DelayBetweenReconnect', 'PortalRetryCount'
        )
    }
)
foreach ($place in $wanted) {
    $found = @(Get-ItemProperty -Path $place.Path -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($problem in $problems) {
        # A driver that is not installed has no key.
        if ($problem.FullyQualifiedErrorId -notlike 'PathNotFound*') { Write-Error -ErrorRecord $problem }
    }
    foreach ($key in $found) {
        if ($null -eq $key) { continue }
        foreach ($name in $place.Names) {
            $value = $key.PSObject.Properties[$name]
            if ($null -eq $value) { continue }
            [pscustomobject] @{
                Key = ([string] $key.PSPath) -replace '^.*::', ''
                Name = $name
                Value = ConvertTo-PlainValue -Value $value.Value
            }
        }
    }
}
