<#
.SYNOPSIS
Functions that every probe may call; read once, before the first probe of a process.

.DESCRIPTION
A probe asks its cmdlets a fixed number of times and hands the answers to ConvertTo-Record. Errors that a cmdlet
writes for one object of many are left to flow: the session collects them beside the objects. A probe that knows why
there can be no answer says so through Stop-Observation of the session, which ends it.
#>

function Test-Command {
    <#
    .SYNOPSIS
    Whether a command of this name exists on this host.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Name
    )
    $null -ne (Get-Command -Name $Name -ErrorAction SilentlyContinue)
}

function ConvertTo-PlainValue {
    <#
    .SYNOPSIS
    One property's value as text, number, boolean, null, list or plain object: what JSON can carry without loss.

    .DESCRIPTION
    Enumerations become their word, times ISO 8601 in UTC, time spans seconds (null for "infinite"), GUIDs text, and
    64-bit numbers beyond 2^53 decimal text. An object becomes an object of the properties that Nested names for
    PropertyName, else its own text: whole objects of Windows are never carried.
    #>
    param($Value, [string] $PropertyName, [hashtable] $Nested)
    if ($null -eq $Value) { return $null }
    if ($Value -is [string] -or $Value -is [bool]) { return $Value }
    if ($Value -is [enum]) { return [string] $Value }
    if ($Value -is [uint64] -or $Value -is [long]) {
        if ([math]::Abs([decimal] $Value) -gt 9007199254740992) { return $Value.ToString() }
        return $Value
    }
    if ($Value -is [char]) {
        if ([int] $Value -eq 0) { return $null }
        return [string] $Value
    }
    if ($Value -is [datetime]) { return $Value.ToUniversalTime().ToString('o') }
    if ($Value -is [timespan]) {
        if ($Value -eq [timespan]::MaxValue) { return $null }
        return $Value.TotalSeconds
    }
    if ($Value -is [ValueType]) {
        # Numbers of 32 bits and less, and structures such as Guid, whose text is all there is to them.
        if ($Value -is [int] -or $Value -is [uint32] -or $Value -is [uint16] -or $Value -is [byte] -or
            $Value -is [int16] -or $Value -is [sbyte] -or $Value -is [double] -or $Value -is [single]) {
            return $Value
        }
        return $Value.ToString()
    }
    if ($Value -is [Collections.IEnumerable] -and -not ($Value -is [Collections.IDictionary])) {
        $list = @(
            foreach ($element in $Value) {
                if ($element -is [string] -or $element -is [uint32]) { $element }
                else { ConvertTo-PlainValue $element $PropertyName $Nested }
            }
        )
        return , $list
    }
    if ($null -ne $Nested -and $Nested.ContainsKey($PropertyName)) {
        return ConvertTo-Record -InputObject $Value -Property $Nested[$PropertyName] -Nested $Nested
    }
    return [string] $Value
}

function ConvertTo-Record {
    <#
    .SYNOPSIS
    Plain objects with the named properties of the given ones, in this order.

    .DESCRIPTION
    A property that an object does not have on this Windows is left out; one that it has without a value is null.
    Nested names the properties to take from objects inside objects, by the name of the property that holds them, at
    any depth. A property that cannot be read is left out too, and the first of each object is reported.
    #>
    [CmdletBinding()]
    param(
        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]] $InputObject,

        [Parameter(Mandatory = $true)]
        [string[]] $Property,

        [hashtable] $Nested
    )
    foreach ($object in $InputObject) {
        if ($null -eq $object) { continue }
        $members = $object.PSObject.Properties
        $record = [ordered] @{}
        $isReported = $false
        foreach ($name in $Property) {
            $member = $members[$name]
            if ($null -eq $member) { continue }
            try {
                # As a method: a property read that fails would silently be null.
                $value = $member.get_Value()
                # The common cases first: a call of a function costs more than all the rest here.
                if ($null -eq $value -or $value -is [string] -or $value -is [bool] -or $value -is [uint32] -or
                    $value -is [uint16] -or $value -is [int] -or $value -is [byte] -or $value -is [string[]]) {
                    $record[$name] = $value
                } elseif ($value -is [enum]) {
                    $record[$name] = [string] $value
                } else {
                    $record[$name] = ConvertTo-PlainValue $value $name $Nested
                }
            } catch {
                if (-not $isReported) {
                    $isReported = $true
                    Write-Error -Exception $_.Exception.GetBaseException() -ErrorId 'PropertyNotRead' -TargetObject ([string] $record['Name'])
                }
            }
        }
        [pscustomobject] $record
    }
}

function Get-WindowsVersion {
    <#
    .SYNOPSIS
    The build number and the product type (1 is a workstation), asked only to explain why something is missing.
    #>
    [CmdletBinding()]
    param()
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -Property BuildNumber, ProductType -ErrorAction Stop
    [pscustomobject] @{ BuildNumber = [int] $system.BuildNumber; IsWorkstation = $system.ProductType -eq 1 }
}

function Resolve-HyperV {
    <#
    .SYNOPSIS
    Ends the probe where Hyper-V is not on this host, does not run, or has no such command on this Windows.

    .DESCRIPTION
    The service of the role tells whether the role is there: its management commands can be installed without it, and
    it without them.

    .PARAMETER Command
    The command that the probe is about to call.

    .PARAMETER FirstBuild
    The first Windows build that has the command; all have it where this is left out.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Command,

        [int] $FirstBuild = 0
    )
    $service = $null
    try {
        $service = Get-Service -Name 'vmms' -ErrorAction SilentlyContinue -ErrorVariable problems
    } catch {
        # Without an answer about the service the command itself has to tell.
        $problems = @()
    }
    if ($null -eq $service) {
        foreach ($problem in $problems) {
            if ($problem.FullyQualifiedErrorId -like 'NoServiceFoundForGivenName*') {
                Stop-Observation -Kind 'feature-missing' -Message 'The Hyper-V role is not installed on this host.'
            }
        }
    }
    if (-not (Test-Command -Name $Command)) {
        if ($FirstBuild -gt 0 -and (Get-WindowsVersion).BuildNumber -lt $FirstBuild) {
            Stop-Observation -Kind 'not-on-this-windows' -Message 'Hyper-V of this Windows release does not have it.'
        }
        Stop-Observation -Kind 'cmdlet-missing' -Message "The Hyper-V module for PowerShell does not answer here: $Command is missing."
    }
    if ($null -ne $service -and [string] $service.Status -eq 'Stopped') {
        Stop-Observation -Kind 'service-stopped' -Message 'The service Hyper-V Virtual Machine Management (vmms) is not running.'
    }
}

function Resolve-DataCenterBridging {
    <#
    .SYNOPSIS
    Ends the probe where the feature Data Center Bridging, which brings the command, is not installed.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Command
    )
    if (Test-Command -Name $Command) { return }
    if (Test-Command -Name 'Get-NetAdapter') {
        Stop-Observation -Kind 'feature-missing' -Message 'The feature Data Center Bridging is not installed on this host.'
    }
    Stop-Observation -Kind 'cmdlet-missing' -Message 'The networking modules for PowerShell could not be found.'
}

function Resolve-Lbfo {
    <#
    .SYNOPSIS
    Ends the probe where the command of NIC teaming (LBFO) is missing: editions for workstations do not have it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Command
    )
    if (Test-Command -Name $Command) { return }
    if ((Get-WindowsVersion).IsWorkstation) {
        Stop-Observation -Kind 'not-on-this-windows' -Message 'NIC teaming (LBFO) is part of Windows Server; this Windows does not have it.'
    }
    Stop-Observation -Kind 'cmdlet-missing' -Message "The module for NIC teaming does not answer here: $Command is missing."
}

function Write-LbfoProblem {
    <#
    .SYNOPSIS
    Writes the errors of a teaming command, or says what they mean where the whole call failed on a workstation.

    .DESCRIPTION
    With the server tools installed a workstation has the commands, and they fail. Asked only after such a failure:
    a workstation on which teaming was made to work keeps its answer.
    #>
    [CmdletBinding()]
    param(
        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]] $Answer,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]] $Problem
    )
    if ($null -eq $Problem -or $Problem.Count -eq 0) { return }
    if (($null -eq $Answer -or $Answer.Count -eq 0) -and (Get-WindowsVersion).IsWorkstation) {
        Stop-Observation -Kind 'not-on-this-windows' -Message 'NIC teaming (LBFO) is part of Windows Server; this Windows does not have it.'
    }
    foreach ($record in $Problem) { Write-Error -ErrorRecord $record }
}

function Resolve-Iscsi {
    <#
    .SYNOPSIS
    Ends the probe where the service of the iSCSI initiator does not run: its commands then fail instead of listing nothing.
    #>
    [CmdletBinding()]
    param(
        [string] $Command
    )
    if ($Command -and -not (Test-Command -Name $Command)) {
        Stop-Observation -Kind 'cmdlet-missing' -Message 'The iSCSI module for PowerShell could not be found.'
    }
    $service = $null
    try {
        $service = Get-Service -Name 'MSiSCSI' -ErrorAction SilentlyContinue -ErrorVariable problems
    } catch {
        # Without an answer about the service the command itself has to tell.
        $problems = @()
    }
    if ($null -eq $service) {
        foreach ($problem in $problems) {
            if ($problem.FullyQualifiedErrorId -like 'NoServiceFoundForGivenName*') {
                Stop-Observation -Kind 'not-on-this-windows' -Message 'This Windows does not have the iSCSI initiator.'
            }
        }
    } elseif ([string] $service.Status -ne 'Running') {
        Stop-Observation -Kind 'service-stopped' -Message "The service Microsoft iSCSI Initiator (MSiSCSI) is not running; its status is $($service.Status)."
    }
}

function Resolve-Mpio {
    <#
    .SYNOPSIS
    Ends the probe where the feature Multipath I/O, which brings its commands and classes, is not installed.
    #>
    [CmdletBinding()]
    param()
    if (Test-Command -Name 'Get-MSDSMSupportedHW') { return }
    if (-not (Test-Command -Name 'Get-Disk')) {
        Stop-Observation -Kind 'cmdlet-missing' -Message 'The storage modules for PowerShell could not be found.'
    }
    if ((Get-WindowsVersion).IsWorkstation) {
        Stop-Observation -Kind 'not-on-this-windows' -Message 'Multipath I/O is part of Windows Server; this Windows does not have it.'
    }
    Stop-Observation -Kind 'feature-missing' -Message 'The feature Multipath I/O (Multipath-IO) is not installed on this host.'
}

function Resolve-Cluster {
    <#
    .SYNOPSIS
    Ends the probe where this host is not a node of a failover cluster, or the cluster cannot be asked.

    .DESCRIPTION
    The service of the cluster is there with the feature, and disabled as long as the host has not joined a cluster.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Command
    )
    $service = $null
    $isAnswered = $true
    try {
        $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='ClusSvc'" -Property Name, State, StartMode -ErrorAction Stop
    } catch {
        # Without an answer about the service the command itself has to tell.
        $isAnswered = $false
    }
    if ($isAnswered -and $null -eq $service) {
        if ((Get-WindowsVersion).IsWorkstation) {
            Stop-Observation -Kind 'not-on-this-windows' -Message 'Failover Clustering is part of Windows Server; this Windows does not have it.'
        }
        Stop-Observation -Kind 'feature-missing' -Message 'The feature Failover Clustering is not installed on this host.'
    }
    if ($null -ne $service -and [string] $service.State -ne 'Running') {
        if ([string] $service.StartMode -eq 'Disabled') {
            Stop-Observation -Kind 'feature-missing' -Message 'This host is not a node of a failover cluster.'
        }
        Stop-Observation -Kind 'service-stopped' -Message "The service Cluster Service (ClusSvc) is not running; its state is $($service.State)."
    }
    if (-not (Test-Command -Name $Command)) {
        if (Test-Command -Name 'Get-ClusterNetwork') {
            Stop-Observation -Kind 'not-on-this-windows' -Message 'Failover clustering of this Windows release does not have it.'
        }
        Stop-Observation -Kind 'cmdlet-missing' -Message 'The Failover Clustering module for PowerShell is not installed, so the cluster could not be asked.'
    }
}

function Test-WithoutDevice {
    <#
    .SYNOPSIS
    Whether an error of a driver's class means that the driver has no device to tell of: "not supported" (0x8004100C).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object] $Problem
    )
    $Problem.FullyQualifiedErrorId -like 'HRESULT 0x8004100C,*' -or
    $Problem.FullyQualifiedErrorId -like 'MI RESULT 7,*' -or
    ('{0:X8}' -f $Problem.Exception.HResult) -eq '8004100C'
}

function Read-DriverClass {
    <#
    .SYNOPSIS
    All instances of a class that drivers provide in root/wmi; none where a driver has no device to tell of.

    .DESCRIPTION
    Any error but that one is written.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ClassName
    )
    $instances = @(Get-CimInstance -Namespace 'root/wmi' -ClassName $ClassName -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($problem in $problems) {
        if (-not (Test-WithoutDevice -Problem $problem)) { Write-Error -ErrorRecord $problem }
    }
    $instances
}

function Get-DiskNumberByInstance {
    <#
    .SYNOPSIS
    Disk numbers by the plug and play id of the disk, in upper case: one read of all disks.
    #>
    [CmdletBinding()]
    param()
    $numbers = @{}
    foreach ($drive in @(Get-CimInstance -ClassName Win32_DiskDrive -Property Index, PNPDeviceID)) {
        if ($drive.PNPDeviceID) { $numbers[$drive.PNPDeviceID.ToUpperInvariant()] = [int] $drive.Index }
    }
    $numbers
}

function ConvertTo-HexId {
    <#
    .SYNOPSIS
    A 64-bit identifier of a driver as 16 hex digits.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object] $Value
    )
    '{0:x16}' -f [uint64] $Value
}

function Join-SmbInstance {
    <#
    .SYNOPSIS
    One list of what SMB answered for each of its instances, the instance as a word.

    .DESCRIPTION
    Answer holds a hashtable for each instance that was asked for: Instance, its name, and Rows, what came. A release
    that lists all instances unasked lists them again when asked; each object is given once.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [hashtable[]] $Answer,

        [Parameter(Mandatory = $true)]
        [string[]] $Property
    )
    $names = @{ 0 = 'Default'; 1 = 'CSV'; 2 = 'SBL'; 3 = 'SR' }
    $seen = @{}
    foreach ($part in $Answer) {
        foreach ($record in ConvertTo-Record -InputObject $part.Rows -Property $Property) {
            $instance = $record.PSObject.Properties['SmbInstance']
            if ($null -ne $instance) {
                if ($null -eq $instance.Value) { $instance.Value = $part.Instance }
                elseif ($instance.Value -isnot [string]) { $instance.Value = $names[[int] $instance.Value] }
            }
            $key = ($record.PSObject.Properties | ForEach-Object -Process { "$($_.Value)" }) -join '|'
            if ($seen.ContainsKey($key)) { continue }
            $seen[$key] = $true
            $record
        }
    }
}
