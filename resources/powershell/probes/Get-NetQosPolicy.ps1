<#
.SYNOPSIS
The rules that give traffic its priority, as they are in force now.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'Owner', 'NetworkProfile', 'Precedence', 'Template', 'IPProtocolMatchCondition',
    'IPDstPortStartMatchCondition', 'IPDstPortEndMatchCondition', 'IPDstPortMatchCondition',
    'NetDirectPortMatchCondition', 'PriorityValue8021Action', 'DSCPAction', 'MinBandwidthWeightAction',
    'ThrottleRateAction'
)
ConvertTo-Record -InputObject @(Get-NetQosPolicy -PolicyStore ActiveStore) -Property $properties
