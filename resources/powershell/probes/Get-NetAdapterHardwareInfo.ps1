<#
.SYNOPSIS
Where each adapter sits on the PCI bus, and how wide its way there is.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'SegmentNumber', 'BusNumber', 'DeviceNumber', 'FunctionNumber',
    'SlotNumber', 'NumaNode', 'PciDeviceType', 'PciExpressCurrentLinkSpeedEncoded',
    'PciExpressMaxLinkSpeedEncoded', 'PciExpressCurrentLinkWidth', 'PciExpressMaxLinkWidth',
    'PciExpressVersion', 'LocationInformationString', 'PciDeviceLabelString'
)
ConvertTo-Record -InputObject @(Get-NetAdapterHardwareInfo) -Property $properties
