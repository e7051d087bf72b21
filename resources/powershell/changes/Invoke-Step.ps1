<#
.SYNOPSIS
    Runs one command of a change, or asks questions about it, from data alone.

.DESCRIPTION
    Nothing of the data becomes script text: a command is a name from the list below with parameters from that list,
    bound by splatting. Names that commands read as patterns are escaped, adapters are found by their GUID, and where a
    name could mean several things it must mean exactly one. A command that would act on more than is meant without a
    parameter is refused without it. Confirmation is always answered by -Confirm:$false and every error ends the
    command.

    The lists are those of src-main/shared/allowed-commands.ts, where the line that a person sees comes from; a test
    holds them together.

.PARAMETER Question
    Objects with read, parameters, where and take. For each the answer has Rows, or Error with Id and Message.

.PARAMETER Command
    An object with cmdlet and parameters, or program and arguments; and unless: a question whose answer makes it
    needless. The answer has State (done or skipped) and Output.

.PARAMETER Secret
    Secrets by name. They are bound to their parameter and appear nowhere else.
#>
[CmdletBinding()]
param(
    [object[]] $Question,

    [object] $Command,

    [object] $Secret
)

# Of a command: module, flags (c: has -Confirm, f: has -Force), what its pattern must match exactly once (reading
# command, its parameter, the parameter it is held against), and the parameters it may be given; ! marks those without
# which it would act on more than is meant.
$allowedCommands = @{
    'Install-WindowsFeature' = 'ServerManager|c||Name!:text'
    'Set-Service' = 'Microsoft.PowerShell.Management|c||Name!:text StartupType!:text'
    'Start-Service' = 'Microsoft.PowerShell.Management|c||Name!:text'
    'Enable-MSDSMAutomaticClaim' = 'MPIO|||BusType!:text'
    'Disable-MSDSMAutomaticClaim' = 'MPIO|||BusType!:text'
    'Set-MSDSMGlobalDefaultLoadBalancePolicy' = 'MPIO|||Policy!:text'
    'Set-MPIOSetting' = 'MPIO|||NewPathVerificationState:text NewPathVerificationPeriod:number NewPDORemovePeriod:number NewRetryCount:number NewRetryInterval:number CustomPathRecovery:text NewPathRecoveryInterval:number NewDiskTimeout:number'
    'New-IscsiTargetPortal' = 'iSCSI|||TargetPortalAddress!:text TargetPortalPortNumber:number InitiatorPortalAddress:text InitiatorInstanceName:text AuthenticationType:text ChapUsername:text ChapSecret:secret'
    'Remove-IscsiTargetPortal' = 'iSCSI|c||TargetPortalAddress!:text TargetPortalPortNumber:number InitiatorPortalAddress!:text InitiatorInstanceName:text'
    'Connect-IscsiTarget' = 'iSCSI|||NodeAddress!:text TargetPortalAddress!:text TargetPortalPortNumber:number InitiatorPortalAddress:text InitiatorInstanceName:text IsMultipathEnabled:boolean IsPersistent:boolean AuthenticationType:text ChapUsername:text ChapSecret:secret'
    'Disconnect-IscsiTarget' = 'iSCSI|c||NodeAddress!:text SessionIdentifier!:text'
    'Register-IscsiSession' = 'iSCSI|||SessionIdentifier!:text IsMultipathEnabled:boolean ChapUsername:text ChapSecret:secret'
    'Unregister-IscsiSession' = 'iSCSI|||SessionIdentifier!:text'
    'Set-SmbClientConfiguration' = 'SmbShare|cf||EnableMultiChannel!:boolean'
    'Update-SmbMultichannelConnection' = 'SmbShare|||ServerName:text'
    'New-SmbMultichannelConstraint' = 'SmbShare|cf||ServerName!:text InterfaceIndex!:numbers'
    'Remove-SmbMultichannelConstraint' = 'SmbShare|cf||ServerName!:pattern InterfaceIndex!:numbers'
    'Set-NetAdapter' = 'NetAdapter|c||Name!:adapter VlanID!:number'
    'Rename-NetAdapter' = 'NetAdapter|c||Name!:adapter NewName!:text'
    'Enable-NetAdapterRss' = 'NetAdapter|c||Name!:adapter'
    'Disable-NetAdapterRss' = 'NetAdapter|c||Name!:adapter'
    'Enable-NetAdapterBinding' = 'NetAdapter|c||Name!:adapter ComponentID!:text'
    'Disable-NetAdapterBinding' = 'NetAdapter|c||Name!:adapter ComponentID!:text'
    'Set-NetAdapterAdvancedProperty' = 'NetAdapter|c||Name!:adapter RegistryKeyword!:pattern RegistryValue!:text'
    'Disable-NetAdapterPowerManagement' = 'NetAdapter|c||Name!:adapter'
    'Set-NetAdapterPowerManagement' = 'NetAdapter|c||Name!:adapter ArpOffload:text D0PacketCoalescing:text DeviceSleepOnDisconnect:text NSOffload:text RsnRekeyOffload:text SelectiveSuspend:text WakeOnMagicPacket:text WakeOnPattern:text'
    'Set-NetLbfoTeam' = 'NetLbfo|c|Get-NetLbfoTeam Name Name|Name!:pattern LoadBalancingAlgorithm!:text'
    'Add-NetLbfoTeamNic' = 'NetLbfo|c||Team!:text VlanID!:number Name:text'
    'Set-NetLbfoTeamNic' = 'NetLbfo|c||Name!:adapter VlanID:number Default:switch'
    'Remove-NetLbfoTeamNic' = 'NetLbfo|c|Get-NetLbfoTeam Name Team|Team!:pattern VlanID!:number'
    'Add-NetLbfoTeamMember' = 'NetLbfo|c||Name!:adapter-name Team!:text AdministrativeMode:text'
    'Remove-NetLbfoTeamMember' = 'NetLbfo|c|Get-NetLbfoTeam Name Team|Name!:adapter Team!:pattern'
    'New-VMSwitch' = 'Hyper-V|c||Name!:text NetAdapterName!:adapter-name AllowManagementOS!:boolean MinimumBandwidthMode:text'
    'Remove-VMSwitch' = 'Hyper-V|f|Get-VMSwitch Name Name|Name!:pattern'
    'Set-VMSwitchTeam' = 'Hyper-V|c|Get-VMSwitch Name Name|Name!:pattern LoadBalancingAlgorithm!:text'
    'Add-VMNetworkAdapter' = 'Hyper-V|c||ManagementOS!:switch SwitchName!:text Name!:text'
    'Remove-VMNetworkAdapter' = 'Hyper-V|c||ManagementOS!:switch SwitchName!:text Name!:pattern'
    'Set-VMNetworkAdapterVlan' = 'Hyper-V|c||ManagementOS!:switch VMNetworkAdapterName!:pattern Access:switch VlanId:number Untagged:switch'
    'Set-VmNetworkAdapterIsolation' = 'Hyper-V|c||ManagementOS!:switch VMNetworkAdapterName!:pattern IsolationMode!:text DefaultIsolationID:number'
    'Set-VMNetworkAdapterTeamMapping' = 'Hyper-V|c||ManagementOS!:switch SwitchName:text VMNetworkAdapterName!:pattern PhysicalNetAdapterName!:adapter-name'
    'Remove-VMNetworkAdapterTeamMapping' = 'Hyper-V|c||ManagementOS!:switch SwitchName:text Name!:pattern'
    'New-NetIPAddress' = 'NetTCPIP|c||InterfaceIndex!:number IPAddress!:text PrefixLength!:number DefaultGateway:text SkipAsSource:boolean'
    'Remove-NetIPAddress' = 'NetTCPIP|c||InterfaceIndex!:number IPAddress!:text'
    'Set-NetIPInterface' = 'NetTCPIP|c||InterfaceIndex!:number AddressFamily!:text Dhcp:text InterfaceMetric:number'
    'New-NetRoute' = 'NetTCPIP|c||InterfaceIndex!:number DestinationPrefix!:text NextHop!:text RouteMetric:number'
    'Remove-NetRoute' = 'NetTCPIP|c||InterfaceIndex!:number DestinationPrefix!:text NextHop!:text'
    'Set-DnsClient' = 'DnsClient|c||InterfaceIndex!:number RegisterThisConnectionsAddress!:boolean'
    'Set-DnsClientServerAddress' = 'DnsClient|c||InterfaceIndex!:number ServerAddresses:texts ResetServerAddresses:switch'
}
$allowedPrograms = @{
    'mpclaim' = '-r'
    'iscsicli' = ''
    'ping' = '-t'
}
$readingCommands = @{
    'Get-CimInstance' = 'CimCmdlets'
    'Get-Service' = 'Microsoft.PowerShell.Management'
    'Get-WindowsFeature' = 'ServerManager'
    'Get-NetAdapter' = 'NetAdapter'
    'Get-NetAdapterBinding' = 'NetAdapter'
    'Get-NetAdapterRss' = 'NetAdapter'
    'Get-NetAdapterAdvancedProperty' = 'NetAdapter'
    'Get-NetAdapterPowerManagement' = 'NetAdapter'
    'Get-NetLbfoTeam' = 'NetLbfo'
    'Get-NetLbfoTeamMember' = 'NetLbfo'
    'Get-NetLbfoTeamNic' = 'NetLbfo'
    'Get-VMSwitch' = 'Hyper-V'
    'Get-VMSwitchTeam' = 'Hyper-V'
    'Get-VMNetworkAdapter' = 'Hyper-V'
    'Get-VMNetworkAdapterVlan' = 'Hyper-V'
    'Get-VMNetworkAdapterTeamMapping' = 'Hyper-V'
    'Get-NetIPAddress' = 'NetTCPIP'
    'Get-NetIPInterface' = 'NetTCPIP'
    'Get-NetRoute' = 'NetTCPIP'
    'Get-NetTCPConnection' = 'NetTCPIP'
    'Get-DnsClient' = 'DnsClient'
    'Get-DnsClientServerAddress' = 'DnsClient'
    'Get-IscsiSession' = 'iSCSI'
    'Get-IscsiConnection' = 'iSCSI'
    'Get-IscsiTarget' = 'iSCSI'
    'Get-IscsiTargetPortal' = 'iSCSI'
    'Get-Disk' = 'Storage'
    'Get-MPIOSetting' = 'MPIO'
    'Get-MSDSMAutomaticClaimSettings' = 'MPIO'
    'Get-MSDSMGlobalDefaultLoadBalancePolicy' = 'MPIO'
    'Get-MSDSMSupportedHW' = 'MPIO'
    'Get-SmbClientConfiguration' = 'SmbShare'
    'Get-SmbConnection' = 'SmbShare'
    'Get-SmbMultichannelConnection' = 'SmbShare'
    'Get-SmbMultichannelConstraint' = 'SmbShare'
    'Get-ClusterGroup' = 'FailoverClusters'
    'Get-ItemProperty' = 'Microsoft.PowerShell.Management'
}

function Get-AllowedCommand {
    <#
    .SYNOPSIS
    The command of that name, from the module that has it on Windows.
    #>
    param([string] $Name, [string] $Module)
    $found = @(Get-Command -Name $Name -ErrorAction Stop)[0]
    if (@('Cmdlet', 'Function') -notcontains [string] $found.CommandType) {
        throw "$Name is no command of a module here."
    }
    # The engine's own commands are there before any module: none on the module path can stand in for them.
    if (-not $Module.StartsWith('Microsoft.PowerShell.') -and $found.ModuleName -ne $Module) {
        throw "$Name comes from $($found.ModuleName) here and not from $Module."
    }
    $found
}

function Get-PropertyValue {
    <#
    .SYNOPSIS
    A property of an object, also of one inside it; the object itself where the path is empty.
    #>
    param([object] $InputObject, [string] $Path)
    $value = $InputObject
    if ($Path -eq '') { return $value }
    foreach ($name in $Path.Split('.')) {
        if ($null -eq $value) { return $null }
        # Of a list it is that of each item, as in the line that a person sees.
        $value = $value.$name
    }
    $value
}

function Test-Condition {
    <#
    .SYNOPSIS
    Whether an object is what a condition says; compared as the line that a person sees compares it.
    #>
    param([object] $InputObject, [object] $Condition)
    $value = Get-PropertyValue -InputObject $InputObject -Path $Condition.property
    if ($null -ne $Condition.PSObject.Properties['isNoneOf']) { return @($Condition.isNoneOf) -notcontains $value }
    if ($null -eq $Condition.is) { return -not $value }
    $value -eq $Condition.is
}

function Find-Answer {
    <#
    .SYNOPSIS
    The objects that a question finds. Errors go to the variable that -ErrorVariable names.
    #>
    [CmdletBinding()]
    param([object] $Asked)
    $name = [string] $Asked.read
    if (-not $readingCommands.ContainsKey($name)) { throw "$name is no question." }
    $reading = Get-AllowedCommand -Name $name -Module $readingCommands[$name]
    $bound = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    if ($null -ne $Asked.parameters) {
        foreach ($property in $Asked.parameters.PSObject.Properties) {
            $value = $property.Value
            if ($value -is [Management.Automation.PSCustomObject]) { $value = @(Find-Answer -Asked $value.objects) }
            $bound[$property.Name] = $value
        }
    }
    $problems = @()
    $found = @(& $reading @bound)
    if ($found.Count -eq 0) {
        foreach ($problem in $problems) { Write-Error -ErrorRecord $problem }
    }
    foreach ($object in $found) {
        $fits = $true
        foreach ($condition in $Asked.where) {
            if (-not (Test-Condition -InputObject $object -Condition $condition)) { $fits = $false; break }
        }
        if ($fits) { $object }
    }
}

function Test-Presence {
    <#
    .SYNOPSIS
    Whether a question finds something, or nothing, as it was asked. No answer counts as nothing.
    #>
    param([object] $Presence)
    $found = @()
    try {
        $found = @(Find-Answer -Asked $Presence.question -ErrorAction SilentlyContinue)
    } catch {
        # A command that is not there has nothing to show.
        $found = @()
    }
    $least = 1
    if ($null -ne $Presence.atLeast) { $least = [int] $Presence.atLeast }
    ($found.Count -ge $least) -eq [bool] $Presence.isThere
}

function ConvertTo-Pattern {
    <#
    .SYNOPSIS
    A text that means only itself where wildcards are read.
    #>
    param([string] $Text)
    $Text -replace '[`*?[\]]', '`$0'
}

function Get-OneAdapter {
    <#
    .SYNOPSIS
    The adapter with that GUID, which must be there exactly once.
    #>
    param([string] $Guid)
    $wanted = "{$Guid}"
    $found = @(Get-NetAdapter -ErrorAction Stop | Where-Object { $_.InterfaceGuid -eq $wanted })
    if ($found.Count -ne 1) { throw "$($found.Count) adapters have the GUID $wanted." }
    $found[0]
}

function Resolve-Value {
    <#
    .SYNOPSIS
    The value of a parameter as it is bound.
    #>
    param([object] $Value, [string] $Type)
    $isPattern = @('pattern', 'adapter') -contains $Type
    if ($Value -isnot [Management.Automation.PSCustomObject]) {
        if ($isPattern) { return ConvertTo-Pattern -Text $Value }
        return , $Value
    }
    if ($null -ne $Value.PSObject.Properties['secret']) {
        $known = $null
        if ($null -ne $Secret) { $known = $Secret.PSObject.Properties[[string] $Value.secret] }
        if ($null -eq $known) { throw 'The secret was not given.' }
        return $known.Value
    }
    if ($null -ne $Value.PSObject.Properties['adapter']) {
        $adapter = Get-OneAdapter -Guid $Value.adapter
        if ($adapter.Name -cne $Value.name) { throw "The adapter $($Value.name) is now called $($adapter.Name)." }
        if (-not $isPattern) { return $adapter.Name }
        $pattern = ConvertTo-Pattern -Text $adapter.Name
        $seen = @(Get-NetAdapter -Name $pattern -ErrorAction Stop)
        if ($seen.Count -ne 1 -or $seen[0].InterfaceGuid -ne $adapter.InterfaceGuid) {
            throw "The name $($adapter.Name) means $($seen.Count) adapters."
        }
        return $pattern
    }
    # What the command before made may take a moment to show.
    foreach ($pauseMs in 0, 500, 1500, 3000, 5000) {
        if ($pauseMs) { Start-Sleep -Milliseconds $pauseMs }
        $found = @(
            foreach ($object in @(Find-Answer -Asked $Value.found -ErrorAction Stop)) {
                $one = Get-PropertyValue -InputObject $object -Path $Value.take
                if ($isPattern) { ConvertTo-Pattern -Text $one } else { $one }
            }
        )
        if ($found.Count -gt 0) { break }
    }
    if ($found.Count -eq 0) { throw "$($Value.found.read) found nothing that fits." }
    if ($found.Count -eq 1) { return $found[0] }
    return , $found
}

function Invoke-Program {
    <#
    .SYNOPSIS
    Runs a program of the system folder and gives its output. Any code but 0 is an error.
    #>
    param([string] $Name, [string[]] $Words)
    if (-not $allowedPrograms.ContainsKey($Name)) { throw "$Name is not among the programs of changes." }
    foreach ($word in $Words) {
        if ($allowedPrograms[$Name].Split(' ') -contains $word) { throw "$Name is never given $word." }
        if ($word.IndexOf('"') -ge 0) { throw 'An argument of a program holds a quotation mark.' }
    }
    $path = Join-Path -Path $env:SystemRoot -ChildPath "System32\$Name.exe"
    # An empty input instead of the session's own, from which the program would read the next request.
    $said = @($null | & $path @Words)
    if ($LASTEXITCODE) { throw "$Name ended with code $LASTEXITCODE. $said" }
    $said
}

function Invoke-Cmdlet {
    <#
    .SYNOPSIS
    Binds the parameters of a command of the list and runs it.
    #>
    param([string] $Name, [object] $Values)
    if (-not $allowedCommands.ContainsKey($Name)) { throw "$Name is not among the commands of changes." }
    $module, $flags, $only, $parameters = $allowedCommands[$Name].Split('|')
    $types = @{}
    $required = @()
    foreach ($parameter in $parameters.Split(' ')) {
        $spelled, $type = $parameter.Split(':')
        if ($spelled.EndsWith('!')) {
            $spelled = $spelled.TrimEnd('!')
            $required += $spelled
        }
        $types[$spelled] = $type
    }
    $running = Get-AllowedCommand -Name $Name -Module $module
    $bound = @{ ErrorAction = 'Stop' }
    $guid = $null
    foreach ($property in $Values.PSObject.Properties) {
        if (-not $types.ContainsKey($property.Name)) { throw "$Name is never given -$($property.Name)." }
        $bound[$property.Name] = Resolve-Value -Value $property.Value -Type $types[$property.Name]
        if ($property.Value -is [Management.Automation.PSCustomObject] -and $property.Value.PSObject.Properties['adapter']) {
            $guid = $property.Value.adapter
        }
    }
    foreach ($parameter in $required) {
        if ($null -eq $bound[$parameter] -or '' -eq $bound[$parameter] -or @($bound[$parameter]).Count -eq 0) {
            throw "$Name without -$parameter would act on more than is meant."
        }
    }
    if ($only) {
        $read, $by, $against = $only.Split(' ')
        $reading = Get-AllowedCommand -Name $read -Module $readingCommands[$read]
        $match = @{ $by = $bound[$against]; ErrorAction = 'Stop' }
        $seen = @(& $reading @match)
        if ($seen.Count -ne 1) { throw "-$against means $($seen.Count) objects instead of one." }
    }
    if ($flags.Contains('f')) { $bound['Force'] = $true }
    if ($flags.Contains('c')) { $bound['Confirm'] = $false }
    & $running @bound
    if ($guid) { $null = Get-OneAdapter -Guid $guid }
}

foreach ($asked in $Question) {
    if ($null -eq $asked) { continue }
    $answer = @{ Rows = @(); Error = $null }
    try {
        $found = @(Find-Answer -Asked $asked -ErrorAction SilentlyContinue -ErrorVariable unanswered)
        if ($found.Count -eq 0 -and $unanswered.Count -gt 0) {
            $answer.Error = @{
                Id = [string] $unanswered[0].FullyQualifiedErrorId
                Message = [string] $unanswered[0].Exception.Message
            }
        } else {
            $answer.Rows = @(
                foreach ($object in $found) {
                    $row = @{}
                    foreach ($name in $asked.take) {
                        $row[$name] = ConvertTo-PlainValue (Get-PropertyValue -InputObject $object -Path $name) $name $null
                    }
                    $row
                }
            )
        }
    } catch {
        $answer.Error = @{ Id = [string] $_.FullyQualifiedErrorId; Message = [string] $_.Exception.Message }
    }
    [pscustomobject] $answer
}

if ($null -ne $Command) {
    if ($null -ne $Command.unless -and (Test-Presence -Presence $Command.unless)) {
        [pscustomobject] @{ State = 'skipped'; Output = @() }
    } else {
        $said = @(
            if ($null -ne $Command.program) { Invoke-Program -Name $Command.program -Words @($Command.arguments) }
            else { Invoke-Cmdlet -Name $Command.cmdlet -Values $Command.parameters }
        )
        # Objects of the commands are not read: what came of it is looked at afterwards.
        $lines = @(foreach ($line in $said) { if ($line -is [string]) { $line } })
        [pscustomobject] @{ State = 'done'; Output = $lines }
    }
}
