<#
.SYNOPSIS
    Prepares a PowerShell process for one session: console, preferences, and the functions that run requests.

.DESCRIPTION
    The session sends this text as the first line of a process and dot-sources it, so that its functions stay. It
    answers with one reply that carries facts about the engine.

    A reply is one line of ASCII: "<", mark, id, length, base64 of gzip of UTF-8 JSON, mark, ">". The mark is random
    for each process and holds characters that base64 lacks, so nothing inside a reply can look like its end.

    For authors of probe scripts:
      - A script is parsed as a whole before any of it runs, and runs in a scope of its own.
      - An error that would end only its statement (an unknown command, a failed conversion) ends the script, unless
        the script catches it. The output up to there is kept.
      - Its output objects become the data of the reply, always as a list. Write plain [pscustomobject] values only:
        text, numbers, booleans, $null, arrays made with @(), and further plain objects.
      - Errors that do not end the script and warnings travel beside the data. Verbose, debug, information and host
        output is dropped.
      - Stop-Observation ends the script with a kind of answer that the reader knows.
      - A native tool gets "$null |" in front, or it reads the next request from the standard input.
      - Dates, enumerations and 64-bit numbers beyond 2^53 are turned into text by the script.

.PARAMETER SwitchyardMark
    The mark of this process.

.PARAMETER SwitchyardModulePath
    Base64 of UTF-8: the value PSModulePath gets, or nothing to leave it.

.PARAMETER SwitchyardPrelude
    Base64 of UTF-8: text with functions for all scripts of the session, or nothing.
#>
param([string]$SwitchyardMark, [string]$SwitchyardModulePath, [string]$SwitchyardPrelude)

# Setting the encoding makes new console writers, and new writers end lines with two bytes. The reader on the other
# side needs one byte: the line ends come after the encoding. Without a console the encoding cannot be set, and need
# not be, for replies are ASCII.
try { [Console]::OutputEncoding = [System.Text.UTF8Encoding]$false } catch { $global:Error.Clear() }
[Console]::Out.NewLine = "`n"
[Console]::Error.NewLine = "`n"

$global:MaximumHistoryCount = 1
$global:SwitchyardSession = @{ Mark = $SwitchyardMark; MaximumWireLength = 8MB; MaximumBytes = 64MB }

if ($SwitchyardModulePath) {
    [Environment]::SetEnvironmentVariable('PSModulePath',
        [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($SwitchyardModulePath)))
}

# Windows PowerShell gives arrays a Count by type data, and ConvertTo-Json then writes some of them as an object with
# value and Count.
if ($PSVersionTable.PSVersion.Major -lt 6) {
    Remove-TypeData -TypeName 'System.Array' -ErrorAction SilentlyContinue
}

function Reset-SessionPreference {
    <#
    .SYNOPSIS
        Undoes what an earlier script may have left in the preferences.
    #>
    $global:ErrorActionPreference = 'Continue'
    $global:WarningPreference = 'Continue'
    $global:VerbosePreference = 'SilentlyContinue'
    $global:DebugPreference = 'SilentlyContinue'
    $global:InformationPreference = 'SilentlyContinue'
    $global:ProgressPreference = 'SilentlyContinue'
    $global:ConfirmPreference = 'None'
    $global:PSDefaultParameterValues = @{}
    $global:Error.Clear()
}

function Stop-Observation {
    <#
    .SYNOPSIS
        Ends the script with an answer of a known kind.

    .DESCRIPTION
        Throws an exception whose Data holds SwitchyardKind. The reply carries it as the kind of its fatal error. A
        script that throws an exception of its own may set Data['SwitchyardKind'] itself.

    .PARAMETER Kind
        What kind of answer this is.

    .PARAMETER Message
        What is the case, in one sentence for a person.

    .EXAMPLE
        Stop-Observation -Kind 'feature-missing' -Message 'The Multipath I/O feature is not installed.'
    #>
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('feature-missing', 'not-on-this-windows', 'cmdlet-missing', 'service-stopped', 'not-elevated',
            'access-denied', 'bad-output', 'script-error')]
        [string]$Kind,
        [Parameter(Mandatory = $true)]
        [string]$Message
    )
    $exception = [System.InvalidOperationException]$Message
    $exception.Data['SwitchyardKind'] = $Kind
    throw $exception
}

function ConvertFrom-SessionValue {
    <#
    .SYNOPSIS
        Takes the sign in front of each text away.

    .DESCRIPTION
        Each text arrives with one sign in front, for ConvertFrom-Json makes dates of texts that look like one.

    .PARAMETER Value
        A value as ConvertFrom-Json gave it.
    #>
    param($Value)
    if ($Value -is [string]) { return $Value.Substring(1) }
    if ($Value -is [array]) {
        $items = @(foreach ($item in $Value) { ConvertFrom-SessionValue $item })
        return , $items
    }
    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        foreach ($property in @($Value.PSObject.Properties)) {
            $property.Value = ConvertFrom-SessionValue $property.Value
        }
    }
    return $Value
}

function ConvertTo-SessionError {
    <#
    .SYNOPSIS
        An error record as plain values that JSON can hold.

    .PARAMETER Record
        The error record.
    #>
    param($Record)
    $kind = $null
    $nativeError = $null
    $exception = $Record.Exception
    while ($null -ne $exception) {
        $innermost = $exception
        if ($null -eq $kind -and $null -ne $exception.Data -and $exception.Data.Contains('SwitchyardKind')) {
            $kind = [string]$exception.Data['SwitchyardKind']
        }
        # A CIM exception says "failed" (1) where only its status knows more.
        foreach ($name in 'NativeErrorCode', 'StatusCode') {
            $property = $exception.PSObject.Properties[$name]
            if ($null -eq $property -or $null -eq $property.Value) { continue }
            $number = $property.Value -as [long]
            if ($null -ne $number -and $number -ne 0 -and ($null -eq $nativeError -or $nativeError -eq 1)) {
                $nativeError = $number
            }
        }
        $exception = $exception.InnerException
    }
    $command = $null
    if ($null -ne $Record.InvocationInfo) {
        $command = [string]$Record.InvocationInfo.InvocationName
        if ($null -ne $Record.InvocationInfo.MyCommand) { $command = [string]$Record.InvocationInfo.MyCommand.Name }
    }
    $target = $null
    if ($null -ne $Record.TargetObject) {
        $target = [string]$Record.TargetObject
        if ($target.Length -gt 1000) { $target = $target.Substring(0, 1000) }
    }
    @{
        message     = [string]$Record.Exception.Message
        id          = [string]$Record.FullyQualifiedErrorId
        category    = [string]$Record.CategoryInfo.Category
        exception   = $innermost.GetType().FullName
        hresult     = $innermost.HResult
        nativeError = $nativeError
        command     = $command
        target      = $target
        kind        = $kind
    }
}

function Send-SessionReply {
    <#
    .SYNOPSIS
        Writes one reply to the standard output.

    .PARAMETER Id
        The id of the request.

    .PARAMETER Reply
        The reply: status, durationMs, data, errors, fatal, warnings.
    #>
    param([string]$Id, [hashtable]$Reply)
    $json = ConvertTo-Json -InputObject $Reply -Depth 20 -Compress
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($json)
    $json = $null
    $text = $null
    if ($bytes.Length -le $SwitchyardSession.MaximumBytes) {
        $packed = [Activator]::CreateInstance([System.IO.MemoryStream])
        $gzip = [Activator]::CreateInstance([System.IO.Compression.GZipStream],
            [object[]]@($packed, [System.IO.Compression.CompressionMode]::Compress))
        $gzip.Write($bytes, 0, $bytes.Length)
        $gzip.Close()
        $text = [Convert]::ToBase64String($packed.ToArray())
    }
    if ($null -eq $text -or $text.Length -gt $SwitchyardSession.MaximumWireLength) {
        Send-SessionReply $Id @{
            status = 'too-large'; durationMs = $Reply.durationMs
            bytes = $bytes.Length; isTooLargePacked = $null -ne $text
            data = @(); errors = @(); warnings = @()
        }
        return
    }
    $mark = $SwitchyardSession.Mark
    [Console]::Out.WriteLine('<' + $mark + ' ' + $Id + ' ' + $text.Length + ' ' + $text + ' ' + $mark + '>')
    [Console]::Out.Flush()
}

function Invoke-SessionRequest {
    <#
    .SYNOPSIS
        Runs one script with its parameters and replies with all it said.

    .PARAMETER SwitchyardId
        The id of the request.

    .PARAMETER SwitchyardScript
        Base64 of UTF-8: the text of the script.

    .PARAMETER SwitchyardParameters
        Base64 of UTF-8 JSON: an object with a property for each parameter, or nothing.
    #>
    param([string]$SwitchyardId, [string]$SwitchyardScript, [string]$SwitchyardParameters)
    # The script sees the variables of this function: all state hides behind one name.
    Set-StrictMode -Off
    Reset-SessionPreference
    $SwitchyardCall = @{
        Data     = [System.Collections.ArrayList]@()
        Errors   = [System.Collections.ArrayList]@()
        Warnings = [System.Collections.ArrayList]@()
        Fatal    = $null
        Clock    = [System.Diagnostics.Stopwatch]::StartNew()
    }
    try {
        $SwitchyardCall.Block = [ScriptBlock]::Create(
            [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($SwitchyardScript)))
        $SwitchyardBound = @{}
        if ($SwitchyardParameters) {
            $SwitchyardCall.Json = [System.Text.Encoding]::UTF8.GetString(
                [Convert]::FromBase64String($SwitchyardParameters))
            $SwitchyardCall.Values = ConvertFrom-SessionValue (ConvertFrom-Json -InputObject $SwitchyardCall.Json)
            foreach ($property in $SwitchyardCall.Values.PSObject.Properties) {
                $SwitchyardBound[$property.Name] = $property.Value
            }
        }
        # A break outside of any loop ends the nearest loop of its callers; it is this one, so that the reply goes out.
        do {
            & $SwitchyardCall.Block @SwitchyardBound *>&1 | & {
                process {
                    if ($_ -is [System.Management.Automation.ErrorRecord]) {
                        [void]$SwitchyardCall.Errors.Add((ConvertTo-SessionError $_))
                    } elseif ($_ -is [System.Management.Automation.WarningRecord]) {
                        [void]$SwitchyardCall.Warnings.Add([string]$_.Message)
                    } elseif ($null -eq $_ -or
                        $_.GetType().FullName -notmatch
                        '^System\.Management\.Automation\.(Verbose|Debug|Information)Record$') {
                        [void]$SwitchyardCall.Data.Add($_)
                    }
                }
            }
        } while ($false)
    } catch {
        $SwitchyardCall.Fatal = ConvertTo-SessionError $_
    }
    Reset-SessionPreference
    $reply = @{
        status     = 'ok'
        durationMs = $SwitchyardCall.Clock.ElapsedMilliseconds
        data       = $SwitchyardCall.Data
        errors     = $SwitchyardCall.Errors
        warnings   = $SwitchyardCall.Warnings
    }
    if ($null -ne $SwitchyardCall.Fatal) {
        $reply.status = 'failed'
        $reply.fatal = $SwitchyardCall.Fatal
    }
    try {
        Send-SessionReply $SwitchyardId $reply
    } catch {
        Send-SessionReply $SwitchyardId @{
            status = 'failed'; durationMs = $SwitchyardCall.Clock.ElapsedMilliseconds
            data = @(); errors = @(); warnings = @(); fatal = ConvertTo-SessionError $_
        }
    }
}

function Test-SessionElevated {
    <#
    .SYNOPSIS
        Whether the process has the rights of an administrator.
    #>
    try {
        $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
        ([System.Security.Principal.WindowsPrincipal]$identity).IsInRole(
            [System.Security.Principal.WindowsBuiltInRole]::Administrator)
    } catch [PlatformNotSupportedException] {
        [Environment]::UserName -eq 'root'
    }
}

Reset-SessionPreference
$SwitchyardStart = @{ status = 'ok'; durationMs = 0; errors = @(); warnings = @(); data = @() }
try {
    if ($SwitchyardPrelude) {
        $null = . ([ScriptBlock]::Create(
                [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($SwitchyardPrelude))))
    }
    $SwitchyardStart.data = @(@{
            version      = $PSVersionTable.PSVersion.ToString()
            languageMode = [string]$ExecutionContext.SessionState.LanguageMode
            isElevated   = [bool](Test-SessionElevated)
            is64Bit      = [IntPtr]::Size -eq 8
            computerName = [Environment]::MachineName
        })
} catch {
    $SwitchyardStart.status = 'failed'
    $SwitchyardStart.fatal = ConvertTo-SessionError $_
}
Send-SessionReply 'start' $SwitchyardStart
$SwitchyardStart = $null
$SwitchyardPrelude = $null
