<#
.SYNOPSIS
Data center bridging as each adapter does it, and as its neighbour asks for it.
#>
[CmdletBinding()]
param()

$nested = @{
    HardwareCapabilities = @(
        'MacSecBypassSupported', 'CeeDcbxSupported', 'IeeeDcbxSupported', 'NumberOfTrafficClasses',
        'NumberOfEtsCapableTrafficClasses', 'NumberOfPfcEnabledTrafficClasses'
    )
    CurrentCapabilities = @(
        'MacSecBypassSupported', 'CeeDcbxSupported', 'IeeeDcbxSupported', 'NumberOfTrafficClasses',
        'NumberOfEtsCapableTrafficClasses', 'NumberOfPfcEnabledTrafficClasses'
    )
    OperationalSettings = @(
        'TransmissionSelectionEnabled', 'FlowControlEnabled', 'ClassificationEnabled',
        'PriorityAssignmentTable', 'TsaAssignmentTable', 'BandwidthAssignmentTable',
        'PriorityFlowControlEnableArray', 'ClassificationTable'
    )
    RemoteSettings = @(
        'TransmissionSelectionEnabled', 'FlowControlEnabled', 'ClassificationEnabled',
        'PriorityAssignmentTable', 'TsaAssignmentTable', 'BandwidthAssignmentTable',
        'PriorityFlowControlEnableArray', 'ClassificationTable'
    )
    ClassificationTable = 'ProtocolSelector', 'ProtocolSpecificValue', 'Priority'
}
$properties = @(
    'Name', 'InterfaceDescription', 'Enabled', 'HardwareCapabilities', 'CurrentCapabilities',
    'OperationalSettings', 'RemoteSettings'
)
ConvertTo-Record -InputObject @(Get-NetAdapterQos) -Property $properties -Nested $nested
