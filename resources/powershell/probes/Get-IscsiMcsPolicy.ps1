<#
.SYNOPSIS
How the connections inside each iSCSI session are used, where a session has several.

.DESCRIPTION
The class has one instance for each adapter with a list of its sessions; each session becomes an item, under the
session identifier that the iSCSI commands show. The driver answers, also while the service is stopped.
#>
[CmdletBinding()]
param()

foreach ($adapter in @(Read-DriverClass -ClassName 'MSiSCSI_QueryLBPolicy')) {
    if ($null -eq $adapter.UniqueAdapterId) { continue }
    $adapterId = ConvertTo-HexId -Value $adapter.UniqueAdapterId
    foreach ($policy in @($adapter.LoadBalancePolicies)) {
        if ($null -eq $policy) { continue }
        $sessionId = ConvertTo-HexId -Value $policy.UniqueSessionId
        $paths = foreach ($path in @($policy.iSCSI_Paths)) {
            if ($null -eq $path) { continue }
            [pscustomobject] @{
                UniqueConnectionId = ConvertTo-HexId -Value $path.UniqueConnectionId
                ConnectionStatus = $path.ConnectionStatus
                PrimaryPath = $path.PrimaryPath
                PathWeight = $path.PathWeight
                EstimatedLinkSpeed = ConvertTo-PlainValue -Value $path.EstimatedLinkSpeed
            }
        }
        [pscustomobject] @{
            SessionIdentifier = "$adapterId-$sessionId"
            UniqueAdapterId = $adapterId
            UniqueSessionId = $sessionId
            LoadBalancePolicy = $policy.LoadBalancePolicy
            Paths = @($paths)
        }
    }
}
