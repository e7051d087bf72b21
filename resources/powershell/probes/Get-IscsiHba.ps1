<#
.SYNOPSIS
The adapters that the iSCSI initiator logs in through: its own, and host bus adapters.
#>
[CmdletBinding()]
param()

$properties = @(
    'InstanceName', 'Active', 'DriverName', 'VendorID', 'VendorModel', 'VendorVersion', 'FirmwareVersion',
    'AsicVersion', 'OptionRomVersion', 'NumberOfPorts', 'IntegratedTCPIP', 'MultifunctionDevice', 'Status'
)
ConvertTo-Record -InputObject @(Read-DriverClass -ClassName 'MSiSCSI_HBAInformation') -Property $properties
