<#
.SYNOPSIS
The iSCSI sessions, each with the SCSI addresses of its devices and the numbers of the disks behind them.

.DESCRIPTION
A session does not name its disks. The initiator's own class lists the devices of each session with their SCSI
addresses. Multipath I/O takes such a device away and shows a disk of its own for it: the disk is then found through
the SCSI addresses of the multipath disk. Where the class does not answer, the association of sessions and disks does.
All are one read for all sessions. A session whose disks cannot be told has no DiskNumbers; one whose devices cannot be
told has no ScsiAddresses, by which MPIO names its paths.
#>
[CmdletBinding()]
param()

function Get-MultipathDisk {
    <#
    .SYNOPSIS
    Numbers of multipath disks by the SCSI address of each of their paths.
    #>
    $disks = @{}
    $descriptors = @(Get-CimInstance -Namespace 'root/wmi' -ClassName MPIO_GET_DESCRIPTOR -ErrorAction SilentlyContinue)
    if ($descriptors.Count -eq 0) { return $disks }
    $numbers = Get-DiskNumberByInstance
    foreach ($descriptor in $descriptors) {
        $instance = ([string] $descriptor.InstanceName).ToUpperInvariant() -replace '_\d+$', ''
        if (-not $numbers.ContainsKey($instance)) { continue }
        foreach ($path in @($descriptor.PdoInformation)) {
            if ($null -eq $path -or $null -eq $path.ScsiAddress) { continue }
            $address = $path.ScsiAddress
            $disks["$($address.PortNumber)|$($address.ScsiPathId)|$($address.TargetId)|$($address.Lun)"] = $numbers[$instance]
        }
    }
    $disks
}

function Get-DeviceAddress {
    <#
    .SYNOPSIS
    The SCSI address of a device of a session: port, bus, target and unit.
    #>
    param([object] $Device)
    "$($Device.ScsiPortNumber)|$($Device.ScsiPathId)|$($Device.ScsiTargetId)|$($Device.ScsiLun)"
}

function Get-SessionDisk {
    <#
    .SYNOPSIS
    Disk numbers by session identifier, from the initiator's class. A session with a disk of unknown number is left out.
    #>
    param([object[]] $Owner)
    $known = @{}
    $diskDevice = 7
    $noNumber = [uint32] 4294967295
    $multipath = Get-MultipathDisk
    foreach ($each in $Owner) {
        if ($null -eq $each -or -not $each.SessionId) { continue }
        $isKnown = $true
        $numbers = [ordered] @{}
        foreach ($device in @($each.Devices)) {
            if ($null -eq $device) { continue }
            $address = Get-DeviceAddress -Device $device
            if ($multipath.ContainsKey($address)) {
                $numbers["$($multipath[$address])"] = $multipath[$address]
            } elseif ($device.DeviceType -eq $diskDevice) {
                if ($null -ne $device.DeviceNumber -and $device.DeviceNumber -ne $noNumber) {
                    $numbers["$($device.DeviceNumber)"] = [int] $device.DeviceNumber
                } else {
                    $isKnown = $false
                }
            }
        }
        if ($isKnown) { $known[$each.SessionId] = @($numbers.Values) }
    }
    $known
}

function Get-AssociatedDisk {
    <#
    .SYNOPSIS
    Disk numbers by session identifier, from the association of sessions and disks.
    #>
    $known = @{}
    $pairs = @(Get-CimInstance -Namespace 'root/Microsoft/Windows/Storage' -ClassName MSFT_iSCSISessionToDisk -ErrorAction SilentlyContinue)
    if ($pairs.Count -eq 0) { return $known }
    $numbers = @{}
    foreach ($disk in @(Get-CimInstance -Namespace 'root/Microsoft/Windows/Storage' -ClassName MSFT_Disk -Property Number, ObjectId -ErrorAction SilentlyContinue)) {
        if ($null -ne $disk -and $disk.ObjectId) { $numbers[$disk.ObjectId] = [int] $disk.Number }
    }
    foreach ($pair in $pairs) {
        if ($null -eq $pair.iSCSISession -or $null -eq $pair.Disk) { continue }
        $number = $pair.Disk.Number
        if ($null -eq $number -and $pair.Disk.ObjectId) { $number = $numbers[$pair.Disk.ObjectId] }
        if ($null -eq $number) { continue }
        $id = [string] $pair.iSCSISession.SessionIdentifier
        $known[$id] = @(foreach ($each in @($known[$id]) + @([int] $number)) { if ($null -ne $each) { $each } })
    }
    $known
}

Resolve-Iscsi -Command 'Get-IscsiSession'
$sessions = @(Get-IscsiSession)
if ($sessions.Count -eq 0) { return }

$disks = @{}
$addresses = @{}
$owners = @(Get-CimInstance -Namespace 'root/wmi' -ClassName MSiSCSIInitiator_SessionClass -ErrorAction SilentlyContinue -ErrorVariable problems)
if ($owners.Count -gt 0) {
    $disks = Get-SessionDisk -Owner $owners
    foreach ($owner in $owners) {
        if ($null -eq $owner -or -not $owner.SessionId) { continue }
        $addresses[$owner.SessionId] = @(foreach ($device in @($owner.Devices)) {
            if ($null -ne $device) { Get-DeviceAddress -Device $device }
        })
    }
} else {
    $disks = Get-AssociatedDisk
    if ($disks.Count -eq 0) {
        foreach ($problem in $problems) { Write-Error -ErrorRecord $problem }
    }
}

$properties = @(
    'SessionIdentifier', 'TargetNodeAddress', 'InitiatorNodeAddress', 'InitiatorPortalAddress',
    'InitiatorInstanceName', 'InitiatorSideIdentifier', 'TargetSideIdentifier', 'NumberOfConnections', 'IsConnected',
    'IsPersistent', 'IsDiscovered', 'IsDataDigest', 'IsHeaderDigest', 'AuthenticationType'
)
foreach ($record in ConvertTo-Record -InputObject $sessions -Property $properties) {
    $id = [string] $record.SessionIdentifier
    if (-not $disks.ContainsKey($id) -and -not $addresses.ContainsKey($id)) {
        $record
        continue
    }
    $joined = [ordered] @{}
    foreach ($property in $record.PSObject.Properties) { $joined[$property.Name] = $property.Value }
    if ($disks.ContainsKey($id)) { $joined['DiskNumbers'] = @($disks[$id]) }
    if ($addresses.ContainsKey($id)) { $joined['ScsiAddresses'] = @($addresses[$id]) }
    [pscustomobject] $joined
}
