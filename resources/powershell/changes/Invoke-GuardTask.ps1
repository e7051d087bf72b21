<#
.SYNOPSIS
    The scheduled task of a guard: registers, starts, lists or removes it.

.DESCRIPTION
    The task runs as SYSTEM, whether or not anybody is signed in: once at the deadline and each minute after it for a
    quarter of an hour, and at every start of Windows, since a restart before the confirmation counts as none. The
    deadline is written beside the undo, as time of day and as time since the start of Windows.

.PARAMETER Action
    register, start, list or remove.

.PARAMETER TaskName
    The name of the task, in the folder \Switchyard\ of the Task Scheduler.

.PARAMETER Description
    What a person reads in the Task Scheduler.

.PARAMETER Argument
    What powershell.exe is started with.

.PARAMETER Folder
    Where the guard's files lie.

.PARAMETER Seconds
    How long it waits.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('register', 'start', 'list', 'remove')]
    [string] $Action,

    [string] $TaskName,

    [string] $Description,

    [string] $Argument,

    [string] $Folder,

    [int] $Seconds
)

$path = '\Switchyard\'

function Find-GuardTask {
    <#
    .SYNOPSIS
    The tasks of guards, or the one of that name. A folder that is not there holds none.
    #>
    param([string] $Name)
    $tasks = @(Get-ScheduledTask -TaskPath $path -ErrorAction SilentlyContinue)
    foreach ($task in $tasks) {
        if (-not $Name -or $task.TaskName -eq $Name) { $task }
    }
}

if ($Action -eq 'list') {
    foreach ($task in @(Find-GuardTask)) { [pscustomobject] @{ TaskName = [string] $task.TaskName; State = [string] $task.State } }
    return
}

if ($Action -eq 'start') {
    Start-ScheduledTask -TaskPath $path -TaskName $TaskName -ErrorAction Stop
    [pscustomobject] @{ TaskName = $TaskName; State = 'Started' }
    return
}

if ($Action -eq 'remove') {
    if (@(Find-GuardTask -Name $TaskName).Count -gt 0) {
        Unregister-ScheduledTask -TaskPath $path -TaskName $TaskName -Confirm:$false -ErrorAction Stop
    }
    if (@(Find-GuardTask -Name $TaskName).Count -gt 0) { throw "The task $TaskName is still there." }
    [pscustomobject] @{ TaskName = $TaskName; State = 'Gone' }
    return
}

$at = [datetime]::Now.AddSeconds($Seconds)
# The Task Scheduler knows whole seconds.
$at = $at.AddTicks(-($at.Ticks % 10000000))
$uptime = [Diagnostics.Stopwatch]::GetTimestamp() / [Diagnostics.Stopwatch]::Frequency
$deadline = [ordered] @{
    until = $at.ToUniversalTime().ToString('o')
    uptimeUntil = $uptime + $Seconds
    armedUptime = $uptime
}
[IO.File]::WriteAllText([IO.Path]::Combine($Folder, 'deadline.json'), (ConvertTo-Json -InputObject $deadline -Compress))

$powershell = Join-Path -Path $env:SystemRoot -ChildPath 'System32\WindowsPowerShell\v1.0\powershell.exe'
$run = New-ScheduledTaskAction -Execute $powershell -Argument $Argument
$minute = [timespan]::FromMinutes(1)
$quarter = [timespan]::FromMinutes(15)
$triggers = @(
    New-ScheduledTaskTrigger -Once -At $at -RepetitionInterval $minute -RepetitionDuration $quarter
    New-ScheduledTaskTrigger -AtStartup
)
$principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType 'ServiceAccount' -RunLevel 'Highest'
$limit = [timespan]::FromMinutes(10)
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit $limit -MultipleInstances 'IgnoreNew'
$null = Register-ScheduledTask -TaskPath $path -TaskName $TaskName -Description $Description -Action $run -Trigger $triggers -Principal $principal -Settings $settings -Force -ErrorAction Stop

$task = @(Find-GuardTask -Name $TaskName)
if ($task.Count -ne 1) { throw "The task $TaskName was registered and is not there." }
[pscustomobject] @{ TaskName = $TaskName; State = [string] $task[0].State; Until = $deadline.until }
