<#
.SYNOPSIS
The ports through which this host reaches storage: iSCSI, Fibre Channel, SAS.

.DESCRIPTION
Where nothing is listed, a stopped iSCSI service is the reason rather than a host without a port.
#>
[CmdletBinding()]
param()

$ports = @(Get-InitiatorPort)
if ($ports.Count -eq 0) { Resolve-Iscsi }
$properties = @(
    'NodeAddress', 'PortAddress', 'InstanceName', 'ConnectionType', 'PortType', 'OperationalStatus', 'ObjectId'
)
ConvertTo-Record -InputObject $ports -Property $properties
