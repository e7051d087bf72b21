<#
.SYNOPSIS
Functions that read a disk or a file with several readers at once and throw away what they read; run in a process of
their own.

.DESCRIPTION
Reading only: whatever is opened is opened to read, others may go on reading and writing it, and nothing is created.
Each reader waits for its request to be answered before it sends the next one, as one stream does.

Bounds are kept in one place, before each request: a request is only sent while time, bytes and rate allow it. The
readers also stop by themselves when nobody has asked for a while how it goes, and end with the process.
#>

$SwitchyardLoad = @{ Run = $null; PatienceSeconds = 10 }

function Get-LoadPath {
    <#
    .SYNOPSIS
    The name by which Windows opens a disk or a file.
    #>
    [CmdletBinding()]
    param(
        [string] $Path,

        [int] $Disk
    )
    if ($Path) { return $Path }
    '\\.\PhysicalDrive' + $Disk
}

function Get-DiskRefusal {
    <#
    .SYNOPSIS
    Why a disk is not read, in one word; nothing where it may be.

    .PARAMETER UniqueId
    Of the disk that the person saw: numbers of disks change.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int] $Disk,

        [string] $UniqueId,

        [long] $Size
    )
    $found = @(Get-Disk -Number $Disk -ErrorAction SilentlyContinue)
    if ($found.Count -ne 1) { return 'disk-gone' }
    $one = $found[0]
    if ("$($one.UniqueId)".Trim() -ne $UniqueId -or [long] $one.Size -ne $Size) { return 'another-disk' }
    if ($one.IsOffline -ne $false) { return 'offline' }
    if ($one.IsBoot -ne $false -or $one.IsSystem -ne $false) { return 'of-windows' }
}

function Get-FileRefusal {
    <#
    .SYNOPSIS
    Why a file is not read, in one word; nothing where it may be.

    .DESCRIPTION
    A link, here or in a folder above, could lead to somewhere else. A file whose content lies on another storage would
    be fetched from there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path
    )
    $place = $Path
    while ([IO.Path]::GetDirectoryName($place)) {
        $attributes = [int] [IO.File]::GetAttributes($place)
        if (($attributes -band 0x400) -ne 0) { return 'link' }
        if ($place -eq $Path) {
            if (($attributes -band 0x10) -ne 0) { return 'folder' }
            if (($attributes -band 0x40) -ne 0) { return 'device' }
            if (($attributes -band 0x441000) -ne 0) { return 'elsewhere' }
        }
        $place = [IO.Path]::GetDirectoryName($place)
    }
}

function Open-DiskHandle {
    <#
    .SYNOPSIS
    A handle to read a disk with, from Windows itself.

    .DESCRIPTION
    The .NET of Windows PowerShell opens no device by its name and says to take the handle that CreateFile gives. It is
    called as Windows documents it: to read (2147483648), others may read, write and delete (7), what exists already
    (3), past the cache (536870912).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path
    )
    $name = New-Object -TypeName 'System.Reflection.AssemblyName' -ArgumentList 'SwitchyardLoad'
    $assembly = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($name, [Reflection.Emit.AssemblyBuilderAccess]::Run)
    $module = $assembly.DefineDynamicModule('SwitchyardLoad')
    $type = $module.DefineType('SwitchyardLoad.Disk', [Reflection.TypeAttributes]::Public)
    $takes = [type[]] @([string], [uint32], [uint32], [IntPtr], [uint32], [uint32], [IntPtr])
    $method = $type.DefinePInvokeMethod('CreateFileW', 'kernel32.dll',
        [Reflection.MethodAttributes] 'Public, Static, PinvokeImpl', [Reflection.CallingConventions]::Standard,
        [Microsoft.Win32.SafeHandles.SafeFileHandle], $takes,
        [Runtime.InteropServices.CallingConvention]::Winapi, [Runtime.InteropServices.CharSet]::Unicode)
    $method.SetImplementationFlags([Reflection.MethodImplAttributes]::PreserveSig)
    $given = [object[]] @($Path, [uint32] 2147483648, [uint32] 7, [IntPtr]::Zero, [uint32] 3, [uint32] 536870912, [IntPtr]::Zero)
    $handle = $type.CreateType().GetMethod('CreateFileW').Invoke($null, $given)
    if ($handle.IsInvalid) { throw [IO.IOException] 'Windows does not open the disk for reading.' }
    $handle
}

function Open-LoadStream {
    <#
    .SYNOPSIS
    Opens a disk or a file to read, past the cache of Windows where Windows can do that.

    .PARAMETER IsDisk
    Of a disk, where .NET refuses its name, the handle comes from Windows itself.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path,

        [switch] $IsDisk
    )
    $mode = [IO.FileMode]::Open
    $access = [IO.FileAccess]::Read
    $share = [IO.FileShare] 'ReadWrite, Delete'
    $options = [Enum]::ToObject([IO.FileOptions], 0x20000000)
    # Other systems than Windows take the option and do not know it.
    $isUnbuffered = $env:OS -eq 'Windows_NT'
    try {
        $stream = New-Object -TypeName 'System.IO.FileStream' -ArgumentList $Path, $mode, $access, $share, 1, $options
    } catch {
        $cause = $_.Exception.GetBaseException()
        if ($IsDisk -and $cause.GetType().FullName -eq 'System.ArgumentException') {
            $handle = Open-DiskHandle -Path $Path
            $stream = New-Object -TypeName 'System.IO.FileStream' -ArgumentList $handle, $access, 1, $false
        } elseif (-not $IsDisk -and $cause.HResult -eq -2147024809) {
            # The parameter is incorrect: what holds the file cannot leave the cache out.
            $stream = New-Object -TypeName 'System.IO.FileStream' -ArgumentList $Path, $mode, $access, $share, 1
            $isUnbuffered = $false
        } else {
            throw $cause
        }
    }
    @{ Stream = $stream; IsUnbuffered = $isUnbuffered }
}

function New-LoadBuffer {
    <#
    .SYNOPSIS
    Memory for one request that begins where a disk wants it: at a multiple of 4096.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int] $Bytes
    )
    $array = New-Object -TypeName 'System.Byte[]' -ArgumentList ($Bytes + 4096)
    $pin = [Runtime.InteropServices.GCHandle]::Alloc($array, [Runtime.InteropServices.GCHandleType]::Pinned)
    $over = $pin.AddrOfPinnedObject().ToInt64() % 4096
    @{ Array = $array; Pin = $pin; Offset = [int] ((4096 - $over) % 4096) }
}

function Get-LoadReader {
    <#
    .SYNOPSIS
    What each reader does, as a script block that runs in a runspace of its own.
    #>
    [CmdletBinding()]
    param()
    {
        param($Load, [int] $Index)
        $thread = [Threading.Thread]::CurrentThread
        $thread.IsBackground = $true
        $thread.Priority = [Threading.ThreadPriority]::BelowNormal
        $stream = $Load.Streams[$Index]
        $buffer = $Load.Buffers[$Index]
        $first = $Load.PartBytes * $Index
        $end = $first + $Load.PartBytes
        $at = $end
        try {
            while ($null -eq $Load.Ended) {
                $pause = 5
                [Threading.Monitor]::Enter($Load.Gate)
                try {
                    if ($Load.Clock.IsRunning -and $null -eq $Load.Ended) {
                        $now = $Load.Clock.Elapsed.TotalSeconds
                        $Load.Tokens = [math]::Min($Load.MostTokens, $Load.Tokens + ($now - $Load.FilledAt) * $Load.Rate)
                        $Load.FilledAt = $now
                        if ($now -ge $Load.Seconds) { $Load.Ended = 'time' }
                        elseif ($now - $Load.AskedAt -gt $Load.Patience) { $Load.Ended = 'unattended' }
                        elseif ($Load.Left -lt $Load.Block) { $Load.Ended = 'bytes' }
                        elseif ($Load.Tokens -ge $Load.Block) {
                            $Load.Tokens -= $Load.Block
                            $Load.Left -= $Load.Block
                            $pause = 0
                        } else {
                            $pause = [int] [math]::Min(50, [math]::Max(1, ($Load.Block - $Load.Tokens) * 1000 / $Load.Rate))
                        }
                    }
                } finally {
                    [Threading.Monitor]::Exit($Load.Gate)
                }
                if ($null -ne $Load.Ended) { break }
                if ($pause -gt 0) {
                    [Threading.Thread]::Sleep($pause)
                    continue
                }
                if ($at + $Load.Block -gt $end) {
                    $at = $first
                    [void] $stream.Seek($at, [IO.SeekOrigin]::Begin)
                }
                $got = $stream.Read($buffer.Array, $buffer.Offset, $Load.Block)
                if ($got -le 0) { throw 'There was nothing more to read.' }
                $at += $Load.Block
                if ($got -lt $Load.Block) { $at = $end }
                $Load.Read[$Index] += $got
                $Load.LastAt[$Index] = $Load.Clock.Elapsed.TotalSeconds
            }
        } catch {
            if ($null -eq $Load.Problem) { $Load.Problem = $_.Exception.GetBaseException().Message }
            $Load.Ended = 'failed'
        }
    }
}

function Open-Load {
    <#
    .SYNOPSIS
    Checks and opens what is read, and starts the readers.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [hashtable] $Order
    )
    if ($null -ne $SwitchyardLoad.Run) { throw 'A load is running already.' }
    $isDisk = -not $Order.Path
    $path = Get-LoadPath -Path $Order.Path -Disk $Order.Disk
    if ($isDisk) { $refusal = Get-DiskRefusal -Disk $Order.Disk -UniqueId $Order.UniqueId -Size $Order.Size }
    else { $refusal = Get-FileRefusal -Path $path }
    if ($refusal) { return [pscustomobject] @{ Refused = $refusal } }

    $block = [int] $Order.Block
    $rate = [double] $Order.BytesPerSecond
    $load = @{
        Streams = @(); Buffers = @(); Shells = @(); Gate = New-Object -TypeName 'System.Object'
        Clock = New-Object -TypeName 'System.Diagnostics.Stopwatch'; Patience = $SwitchyardLoad.PatienceSeconds
        Block = $block; Seconds = [double] $Order.Seconds; Left = [long] $Order.Bytes; Rate = $rate
        Tokens = [double] $block; MostTokens = [math]::Max($block, $rate * 0.05); FilledAt = 0.0; AskedAt = 0.0
        Read = New-Object -TypeName 'System.Int64[]' -ArgumentList $Order.Streams
        LastAt = New-Object -TypeName 'System.Double[]' -ArgumentList $Order.Streams
        Ended = $null; Problem = $null; PartBytes = 0; IsUnbuffered = $true
    }
    $SwitchyardLoad.Run = $load
    try {
        for ($index = 0; $index -lt $Order.Streams; $index++) {
            $opened = Open-LoadStream -Path $path -IsDisk:$isDisk
            $load.Streams += $opened.Stream
            $load.IsUnbuffered = $load.IsUnbuffered -and $opened.IsUnbuffered
            $load.Buffers += New-LoadBuffer -Bytes $block
        }
        if ($isDisk) { $size = [long] $Order.Size } else { $size = $load.Streams[0].Length }
        if ($size -lt $Order.LeastSize) {
            $null = Close-Load
            return [pscustomobject] @{ Refused = 'too-small' }
        }
        $load.PartBytes = [long] ([math]::Floor($size / $Order.Streams / $block) * $block)
        $initial = [Management.Automation.Runspaces.InitialSessionState]::Create()
        $initial.LanguageMode = [Management.Automation.PSLanguageMode]::FullLanguage
        $reader = (Get-LoadReader).ToString()
        for ($index = 0; $index -lt $Order.Streams; $index++) {
            $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($initial)
            $runspace.Open()
            $shell = [Management.Automation.PowerShell]::Create()
            $shell.Runspace = $runspace
            [void] $shell.AddScript($reader).AddArgument($load).AddArgument($index)
            $load.Shells += @{ Shell = $shell; Runspace = $runspace; Task = $shell.BeginInvoke() }
        }
        $load.Clock.Start()
    } catch {
        $problem = $_.Exception.GetBaseException()
        $null = Close-Load
        return [pscustomobject] @{ Refused = 'not-opened'; Problem = $problem.Message; Code = $problem.HResult }
    }
    Get-LoadProgress
}

function Get-LoadProgress {
    <#
    .SYNOPSIS
    How far the readers are. Whoever asks wants them to go on.
    #>
    [CmdletBinding()]
    param()
    $load = $SwitchyardLoad.Run
    if ($null -eq $load) { throw 'No load is running.' }
    $load.AskedAt = $load.Clock.Elapsed.TotalSeconds
    $bytes = 0L
    foreach ($count in $load.Read) { $bytes += $count }
    $last = 0.0
    foreach ($moment in $load.LastAt) { $last = [math]::Max($last, $moment) }
    $isOver = $null -ne $load.Ended -and @($load.Shells | Where-Object { -not $_.Task.IsCompleted }).Count -eq 0
    [pscustomobject] @{
        Bytes = $bytes; Seconds = $last; Ended = $load.Ended; IsOver = $isOver; Problem = $load.Problem
        IsUnbuffered = $load.IsUnbuffered
    }
}

function Close-Load {
    <#
    .SYNOPSIS
    Stops the readers and closes what they read. One that waits for an answer of the storage ends with the process.
    #>
    [CmdletBinding()]
    param()
    $load = $SwitchyardLoad.Run
    if ($null -eq $load) { return }
    if ($null -eq $load.Ended) { $load.Ended = 'stopped' }
    for ($try = 0; $try -lt 300; $try++) {
        if (@($load.Shells | Where-Object { -not $_.Task.IsCompleted }).Count -eq 0) { break }
        [Threading.Thread]::Sleep(10)
    }
    if ($load.Clock.IsRunning) { Get-LoadProgress }
    foreach ($one in $load.Shells) {
        if (-not $one.Task.IsCompleted) { return }
        $one.Shell.Dispose()
        $one.Runspace.Dispose()
    }
    foreach ($stream in $load.Streams) { $stream.Dispose() }
    foreach ($buffer in $load.Buffers) { $buffer.Pin.Free() }
    $SwitchyardLoad.Run = $null
}

function Find-LoadFile {
    <#
    .SYNOPSIS
    Files on a share that are large enough to be read: in its top folder and the folders in that.

    .DESCRIPTION
    Links are not followed. It ends after so many folders, since a share may hold very many.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Share,

        [long] $LeastSize
    )
    $top = New-Object -TypeName 'System.IO.DirectoryInfo' -ArgumentList (Get-LoadPath -Path $Share)
    $folders = @($top)
    foreach ($folder in @($top.GetDirectories())) {
        if ($folders.Count -ge 64) { break }
        if (([int] $folder.Attributes -band 0x400) -eq 0) { $folders += $folder }
    }
    foreach ($folder in $folders) {
        try { $files = @($folder.GetFiles()) } catch { continue }
        foreach ($file in $files) {
            if (([int] $file.Attributes -band 0x441440) -ne 0 -or $file.Length -lt $LeastSize) { continue }
            $name = $file.Name
            if ($folder -ne $top) { $name = $folder.Name + '\' + $name }
            [pscustomobject] @{ Name = $name; Bytes = $file.Length }
        }
    }
}
