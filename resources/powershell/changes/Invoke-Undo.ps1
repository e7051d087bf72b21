<#
.SYNOPSIS
    Undoes a change that nobody confirmed in time. Run by the task of a guard, as SYSTEM.

.DESCRIPTION
    Does nothing where the change was confirmed (confirmed.txt) or is undone already. Where probe.txt lies in the folder
    it only proves that it would run: proof.json gets the word of probe.txt and the commands that are missing. Else it
    looks at the deadline; a start of Windows after the arming counts as passed. Then it runs the undo of the change, the
    last step first, goes on where a command fails, and writes what came of each to result.json; what failed is tried
    again with the next run.

.PARAMETER Folder
    Where the guard's files lie.

.PARAMETER Data
    JSON: undo, a list of commands as Invoke-Step.ps1 takes them.

.PARAMETER Step
    The text of Invoke-Step.ps1.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Folder,

    [Parameter(Mandatory = $true)]
    [string] $Data,

    [Parameter(Mandatory = $true)]
    [string] $Step
)

function Get-GuardFile {
    <#
    .SYNOPSIS
    The path of a file of the guard.
    #>
    param([string] $Name)
    [IO.Path]::Combine($Folder, $Name)
}

function Write-GuardFile {
    <#
    .SYNOPSIS
    Writes a value as JSON: whole or not at all.
    #>
    param([string] $Name, [object] $Value)
    $draft = Get-GuardFile -Name "$Name.new"
    $file = Get-GuardFile -Name $Name
    [IO.File]::WriteAllText($draft, (ConvertTo-Json -InputObject $Value -Depth 6 -Compress))
    [IO.File]::Delete($file)
    [IO.File]::Move($draft, $file)
}

function Read-GuardFile {
    <#
    .SYNOPSIS
    What a file of the guard says, or nothing where it is not there.
    #>
    param([string] $Name)
    $file = Get-GuardFile -Name $Name
    if ([IO.File]::Exists($file)) { ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($file)) }
}

if ([IO.File]::Exists((Get-GuardFile -Name 'confirmed.txt'))) { return }
$undo = @((ConvertFrom-Json -InputObject $Data).undo)

$probe = Get-GuardFile -Name 'probe.txt'
if ([IO.File]::Exists($probe)) {
    $word = [IO.File]::ReadAllText($probe)
    $missing = @(
        foreach ($command in $undo) {
            if ($command.cmdlet -and -not (Get-Command -Name $command.cmdlet -ErrorAction SilentlyContinue)) { [string] $command.cmdlet }
        }
    )
    [IO.File]::Delete($probe)
    Write-GuardFile -Name 'proof.json' -Value @{ word = $word; missing = $missing }
    return
}

$before = Read-GuardFile -Name 'result.json'
if ($null -ne $before -and $before.failed -eq 0) { return }
$deadline = Read-GuardFile -Name 'deadline.json'
if ($null -eq $deadline) { return }
$uptime = [Diagnostics.Stopwatch]::GetTimestamp() / [Diagnostics.Stopwatch]::Frequency
$until = [datetime] $deadline.until
# A task may start a moment early, and its next start is a minute away.
$isPast = [datetime]::UtcNow.AddSeconds(1) -ge $until.ToUniversalTime()
$wasRestarted = $uptime -lt $deadline.armedUptime
if (-not $isPast -and -not $wasRestarted -and $uptime + 1 -lt $deadline.uptimeUntil) { return }

if ($null -eq $before) { Write-GuardFile -Name 'fired.json' -Value @{ at = [datetime]::UtcNow.ToString('o') } }
$run = [ScriptBlock]::Create($Step)
$failed = 0
$reports = @(
    foreach ($command in $undo) {
        try {
            $report = & $run -Command $command
            @{ state = [string] $report.State; output = @($report.Output) }
        } catch {
            $failed += 1
            @{ state = 'failed'; output = @(); error = @{ id = [string] $_.FullyQualifiedErrorId; message = [string] $_.Exception.Message } }
        }
    }
)
Write-GuardFile -Name 'result.json' -Value @{ at = [datetime]::UtcNow.ToString('o'); failed = $failed; reports = $reports }
