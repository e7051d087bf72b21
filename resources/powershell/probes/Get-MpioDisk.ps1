<#
.SYNOPSIS
The disks that Multipath I/O holds: policy and paths of each, joined with the disk numbers of Windows.

.DESCRIPTION
Four reads for all disks: the list of disks (name, serial number, DSM), their descriptors (SCSI address of each path),
their policies (policy, state of each path) and the disk drives of Windows. The state of a path follows from the flags
of its policy; where a DSM does not tell them, from the state in the descriptor, whose numbers only those of the
Microsoft DSM are known.
#>
[CmdletBinding()]
param()

function ConvertTo-PathState {
    <#
    .SYNOPSIS
    The state of a path from the flags of its policy.
    #>
    param([object] $Path)
    if ($Path.FailedPath -eq 1) { return 'Failed' }
    if ($null -eq $Path.PrimaryPath -or $null -eq $Path.OptimizedPath) { return $null }
    if ($Path.PrimaryPath -eq 1) {
        if ($Path.OptimizedPath -eq 1) { return 'Active/Optimized' }
        return 'Active/Unoptimized'
    }
    if ($Path.OptimizedPath -eq 1) { return 'Standby' }
    'Unavailable'
}

function ConvertTo-DeviceState {
    <#
    .SYNOPSIS
    The state of a path from the number that the Microsoft DSM gives it.
    #>
    param([object] $Number)
    switch ($Number) {
        0 { 'Active/Optimized' }
        1 { 'Active/Unoptimized' }
        2 { 'Standby' }
        3 { 'Unavailable' }
        default { if ($Number -ge 18) { 'Failed' } }
    }
}

function ConvertTo-ScsiAddress {
    <#
    .SYNOPSIS
    A SCSI address as port|bus|target|lun.
    #>
    param([object] $Address)
    if ($null -eq $Address) { return $null }
    "$($Address.PortNumber)|$($Address.ScsiPathId)|$($Address.TargetId)|$($Address.Lun)"
}

Resolve-Mpio
$descriptors = @(Read-DriverClass -ClassName 'MPIO_GET_DESCRIPTOR')
$policies = @(Read-DriverClass -ClassName 'DSM_QueryLBPolicy_V2')
if ($descriptors.Count -eq 0 -and $policies.Count -eq 0) { return }
$controls = @(Read-DriverClass -ClassName 'MPIO_DISK_INFO')
$numbers = Get-DiskNumberByInstance

$drives = @{}
foreach ($control in $controls) {
    foreach ($drive in @($control.DriveInfo)) {
        if ($null -ne $drive -and $drive.Name) { $drives[($drive.Name -replace '\s', '')] = $drive }
    }
}
$disks = [ordered] @{}
foreach ($descriptor in $descriptors) {
    $disks[[string] $descriptor.InstanceName] = @{ Descriptor = $descriptor; Policy = $null }
}
foreach ($policy in $policies) {
    $instance = [string] $policy.InstanceName
    if (-not $disks.Contains($instance)) { $disks[$instance] = @{ Descriptor = $null; Policy = $null } }
    $disks[$instance].Policy = $policy.LoadBalancePolicy
}

foreach ($instance in @($disks.Keys)) {
    $descriptor = $disks[$instance].Descriptor
    $policy = $disks[$instance].Policy
    $record = [ordered] @{ InstanceName = $instance }

    $plugAndPlayId = $instance.ToUpperInvariant() -replace '_\d+$', ''
    if ($numbers.ContainsKey($plugAndPlayId)) { $record['DiskNumber'] = $numbers[$plugAndPlayId] }

    $drive = $null
    if ($null -ne $descriptor -and $descriptor.DeviceName) {
        $record['DeviceName'] = [string] $descriptor.DeviceName
        $drive = $drives[(([string] $descriptor.DeviceName) -replace '^.*\\', '' -replace '\s', '')]
    }
    if ($null -ne $drive) {
        $record['SerialNumber'] = [string] $drive.SerialNumber
        $record['DsmName'] = [string] $drive.DsmName
        $record['NumberPaths'] = $drive.NumberPaths
    }

    $addresses = @{}
    $paths = New-Object -TypeName Collections.ArrayList
    $listed = @{}
    $devices = @()
    if ($null -ne $descriptor) { $devices = @($descriptor.PdoInformation) }
    foreach ($device in $devices) {
        if ($null -ne $device) {
            $addresses[(ConvertTo-HexId -Value $device.PathIdentifier)] = ConvertTo-ScsiAddress -Address $device.ScsiAddress
        }
    }
    if ($null -ne $policy) {
        $record['LoadBalancePolicy'] = $policy.LoadBalancePolicy
        $count = 0
        foreach ($path in @($policy.DSM_Paths)) {
            # The list can be longer than the number of paths in it.
            if ($null -eq $path -or ($null -ne $policy.DSMPathCount -and $count -ge $policy.DSMPathCount)) { break }
            $count += 1
            $id = ConvertTo-HexId -Value $path.DsmPathId
            $listed[$id] = $true
            $null = $paths.Add([pscustomobject] @{
                    PathId = $id
                    State = ConvertTo-PathState -Path $path
                    ScsiAddress = $addresses[$id]
                    Weight = $path.PathWeight
                    Preferred = $path.PreferredPath -eq 1
                })
        }
    }
    $isMicrosoft = $null -ne $drive -and [string] $drive.DsmName -like 'Microsoft*'
    foreach ($device in $devices) {
        if ($null -eq $device) { continue }
        $id = ConvertTo-HexId -Value $device.PathIdentifier
        if ($listed.ContainsKey($id)) { continue }
        $state = $null
        if ($isMicrosoft) { $state = ConvertTo-DeviceState -Number $device.DeviceState }
        $null = $paths.Add([pscustomobject] @{ PathId = $id; State = $state; ScsiAddress = $addresses[$id] })
    }
    $record['Paths'] = $paths.ToArray()
    [pscustomobject] $record
}
