<#
.SYNOPSIS
The rules that give traffic its priority, as they are in force now.

.DESCRIPTION
The class names its properties by match condition and action; the cmdlet shows some of them under shorter names. Those
that the host has are taken.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'Owner', 'NetworkProfile', 'Precedence', 'Template', 'TemplateMatchCondition', 'AppPathNameMatchCondition',
    'IPProtocol', 'IPProtocolMatchCondition', 'IPPortMatchCondition', 'IPDstPortStartMatchCondition',
    'IPDstPortEndMatchCondition', 'NetDirectPort', 'NetDirectPortMatchCondition', 'PriorityValue',
    'PriorityValue8021Action', 'DSCPAction', 'MinBandwidthWeight', 'MinBandwidthWeightAction', 'ThrottleRateAction'
)
ConvertTo-Record -InputObject @(Get-NetQosPolicy -PolicyStore ActiveStore) -Property $properties
