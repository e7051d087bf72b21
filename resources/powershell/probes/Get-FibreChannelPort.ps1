<#
.SYNOPSIS
The Fibre Channel ports of this host.

.DESCRIPTION
The kind of a port is told by the number behind its word, which no language changes.
#>
[CmdletBinding()]
param()

$fibreChannel = 1
$ports = foreach ($port in @(Get-InitiatorPort)) {
    $kind = $port.ConnectionType
    $raw = $port.CimInstanceProperties
    if ($null -ne $raw -and $null -ne $raw['ConnectionType']) { $kind = $raw['ConnectionType'].Value }
    if ("$kind" -eq "$fibreChannel" -or "$kind" -eq 'Fibre Channel') { $port }
}
$properties = @(
    'NodeAddress', 'PortAddress', 'InstanceName', 'ConnectionType', 'PortType', 'OperationalStatus'
)
ConvertTo-Record -InputObject @($ports) -Property $properties
