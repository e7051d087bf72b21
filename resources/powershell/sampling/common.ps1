<#
.SYNOPSIS
Functions that read counters again and again; read once in each process, after those of the probes.

.DESCRIPTION
A reading asks each class once, whatever the number of its instances. Only raw totals are taken, never what Windows
has worked out of them. What a host does not have is asked for again after a while, and answered from memory until
then.

The answer is kept small, because it is made every second: each instance is one line of text, its values apart by tabs,
in the order of Columns. The first value is the name of the instance. A column with a point in its name is of a list
inside the instance: there is a line for each element of it.
#>

$SwitchyardCounters = @{
    Missing = @{}
    Process = [Diagnostics.Process]::GetCurrentProcess()
}

function Get-CounterTick {
    <#
    .SYNOPSIS
    Milliseconds of a clock that only runs forward, the same in all processes of the host.
    #>
    [CmdletBinding()]
    param()
    [Diagnostics.Stopwatch]::GetTimestamp() * 1000.0 / [Diagnostics.Stopwatch]::Frequency
}

function Read-Counter {
    <#
    .SYNOPSIS
    All instances of one class of counters, or the error that came instead.

    .PARAMETER Class
    The name of the class.

    .PARAMETER Query
    Asks Windows for its instances, once.

    .PARAMETER Property
    The properties to take, the name of the instance first.

    .PARAMETER List
    A property that holds a list of what is counted, where the class has one.

    .PARAMETER Inner
    The properties to take of each element of that list.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Class,

        [Parameter(Mandatory = $true)]
        [scriptblock] $Query,

        [Parameter(Mandatory = $true)]
        [string[]] $Property,

        [string] $List,

        [string[]] $Inner
    )
    $known = $SwitchyardCounters.Missing[$Class]
    $before = Get-CounterTick
    if ($null -ne $known -and $before -lt $known.AskAgainAt) {
        return [pscustomobject] @{ Class = $Class; Error = $known.Error }
    }
    try {
        $instances = @(& $Query)
    } catch {
        if (-not (Test-WithoutDevice -Problem $_)) {
            $pause = 5000
            if ($null -ne $known) { $pause = [math]::Min(60000, $known.Pause * 2) }
            $problem = ConvertTo-SessionError -Record $_
            $SwitchyardCounters.Missing[$Class] = @{ AskAgainAt = $before + $pause; Pause = $pause; Error = $problem }
            return [pscustomobject] @{ Class = $Class; Error = $problem }
        }
        $instances = @()
    }
    $after = Get-CounterTick
    $SwitchyardCounters.Missing.Remove($Class)
    # In place: a call of a function for each of some thousand rows would cost more than all the rest.
    $lines = @(
        foreach ($instance in $instances) {
            $values = foreach ($name in $Property) {
                $value = $instance.$name
                if ($value -is [string]) { $value.Replace("`t", ' ') } else { "$value" }
            }
            $line = $values -join "`t"
            if (-not $List) {
                $line
                continue
            }
            foreach ($element in @($instance.$List)) {
                if ($null -eq $element) { continue }
                $counted = foreach ($name in $Inner) { "$($element.$name)" }
                $line + "`t" + ($counted -join "`t")
            }
        }
    )
    $columns = $Property
    if ($List) { $columns = @($Property) + @(foreach ($name in $Inner) { "$List.$name" }) }
    [pscustomobject] @{ Class = $Class; Tick = ($before + $after) / 2; Columns = $columns; Lines = $lines }
}

function Join-CounterReading {
    <#
    .SYNOPSIS
    One reading: when it was taken, what it cost this process so far, and its classes.
    #>
    [CmdletBinding()]
    param(
        [AllowEmptyCollection()]
        [object[]] $Class
    )
    $SwitchyardCounters.Process.Refresh()
    [pscustomobject] @{
        At = [datetime]::UtcNow.ToString('o')
        CpuMs = $SwitchyardCounters.Process.TotalProcessorTime.TotalMilliseconds
        Classes = $Class
    }
}
