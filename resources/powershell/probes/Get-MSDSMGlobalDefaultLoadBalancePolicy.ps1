<#
.SYNOPSIS
The load balancing policy that disks get when the Microsoft DSM claims them.

.DESCRIPTION
The command gives a bare word; it becomes the Value of one item.
#>
[CmdletBinding()]
param()

Resolve-Mpio
foreach ($policy in @(Get-MSDSMGlobalDefaultLoadBalancePolicy)) {
    [pscustomobject] @{ Value = [string] $policy }
}
