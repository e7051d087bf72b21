<#
.SYNOPSIS
Asks the simulated host for the proxy functions of modules.ts, and makes of its answer what the cmdlet gives on Windows.

.DESCRIPTION
Runs in Windows PowerShell 5.1 and in every later engine. The simulated host is a process of its own, under the address
in SWITCHYARD_SIMULATED_HOST; a question is one line of JSON, and so is its answer. The JSON is read here, because what
the engines themselves make of numbers, dates and long texts differs from one version to the next.
#>

$ErrorActionPreference = 'Stop'
$script:wire = $null
# Integers of a width of their own are most of what comes: each is one token.
$script:integers = @{ uint8 = [byte]; uint16 = [uint16]; uint32 = [uint32]; uint64 = [uint64]; int16 = [int16]; int64 = [long] }
$script:token = [regex] '\{"\$":"(u?int\d+)","v":"(-?\d+)"\}|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[\[\]{}]'
$script:enumName = [regex] '\{"\$":"enum","type":"([^"\\]*)","name":"([^"\\]*)","value":(-?\d+)\}'
$script:cimInstance = 'Microsoft.Management.Infrastructure.CimInstance'
$script:enums = @{}
$script:cimClasses = @{}
$script:exceptions = @{}
# Compiled methods, for those of .NET Framework that only a derived type may call.
$script:setHResult = [Exception].GetProperty('HResult').GetSetMethod($true)
$script:wholeErrorId = [Management.Automation.ErrorRecord].GetField(
    '_serializedFullyQualifiedErrorId', [Reflection.BindingFlags] 'Instance, NonPublic')
if ($null -eq $script:wholeErrorId) { throw 'This engine keeps the full error id elsewhere; look for its field.' }

function New-DynamicModule {
    param([string] $Name)
    $assembly = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly(
        [Reflection.AssemblyName]::new($Name), [Reflection.Emit.AssemblyBuilderAccess]::Run)
    $assembly.DefineDynamicModule($Name)
}

$script:types = New-DynamicModule 'Switchyard.Simulated'

function Add-SimulatedType {
    <# A public type made from a text: with ToString it answers that text, else its parent takes it. #>
    param([string] $Name, [type] $Parent, [switch] $WithText)
    $codes = [Reflection.Emit.OpCodes]
    $builder = $script:types.DefineType($Name, [Reflection.TypeAttributes] 'Public', $Parent)
    $make = $builder.DefineConstructor(
        [Reflection.MethodAttributes] 'Public', [Reflection.CallingConventions]::Standard, [type[]] @([string])).GetILGenerator()
    $make.Emit($codes::Ldarg_0)
    if ($WithText) {
        $text = $builder.DefineField('text', [string], [Reflection.FieldAttributes] 'Private')
        $make.Emit($codes::Call, $Parent.GetConstructor([type[]] @()))
        $make.Emit($codes::Ldarg_0)
        $make.Emit($codes::Ldarg_1)
        $make.Emit($codes::Stfld, $text)
        $say = $builder.DefineMethod('ToString', [Reflection.MethodAttributes] 'Public, Virtual, HideBySig', [string], [type[]] @()).GetILGenerator()
        $say.Emit($codes::Ldarg_0)
        $say.Emit($codes::Ldfld, $text)
        $say.Emit($codes::Ret)
    } else {
        $make.Emit($codes::Ldarg_1)
        $make.Emit($codes::Call, $Parent.GetConstructor([type[]] @([string])))
    }
    $make.Emit($codes::Ret)
    $builder.CreateType()
}

# Its properties are on the side of PowerShell; here is only its text.
$script:object = Add-SimulatedType -Name 'Switchyard.Simulated.Object' -Parent ([object]) -WithText

function Add-EnumName {
    <# Enumerations of modules that are not there: a name seen later makes a new edition of the type. #>
    param([string] $Text)
    foreach ($found in $script:enumName.Matches($Text)) {
        $type = $found.Groups[1].Value
        $name = $found.Groups[2].Value
        $number = [long] $found.Groups[3].Value
        $known = $script:enums[$type]
        if ($null -eq $known) { $known = $script:enums[$type] = @{ Names = @{}; Type = $null } }
        # A number without a name is shown as the number.
        if ($name -match '^-?\d+$' -or $known.Names.ContainsKey($number)) { continue }
        $known.Names[$number] = $name
        $known.Type = $null
    }
}

function Get-EnumType {
    param([string] $Name)
    $known = $script:enums[$Name]
    if ($null -eq $known.Type) {
        $numbers = @($known.Names.Keys)
        $underlying = [int]
        foreach ($number in $numbers) { if ($number -gt [int]::MaxValue -or $number -lt [int]::MinValue) { $underlying = [long] } }
        # A module of its own, so that a later edition may carry the same name.
        $builder = (New-DynamicModule $Name).DefineEnum($Name, [Reflection.TypeAttributes] 'Public', $underlying)
        foreach ($number in $numbers) {
            [void] $builder.DefineLiteral($known.Names[$number], [Management.Automation.LanguagePrimitives]::ConvertTo($number, $underlying))
        }
        $known.Type = $builder.CreateType()
    }
    $known.Type
}

# `CimInstanceProperties`: found by name in any case; nothing where there is none. Made only where a script asks for it.
$script:rawValues = [Runtime.CompilerServices.ConditionalWeakTable[object, object]]::new()
$script:cimProperties = [Management.Automation.PSScriptProperty]::new('CimInstanceProperties', {
        $raw = @{}
        foreach ($property in $this.PSObject.Properties) {
            if ($property.MemberType -eq 'NoteProperty') { $raw[$property.Name] = @{ Name = $property.Name; Value = $property.Value } }
        }
        $raw.Remove('CimClass')
        $raw.Remove('CimSystemProperties')
        $different = $null
        if ($script:rawValues.TryGetValue($this.PSObject.BaseObject, [ref] $different)) {
            foreach ($entry in $different.GetEnumerator()) { $raw[$entry.Key] = @{ Name = $entry.Key; Value = $entry.Value } }
        }
        $raw
    })

function New-SimulatedObject {
    param($Map)
    $types = $Map['types']
    $properties = $Map['props']
    $text = $Map['text']
    $first = ''
    if ($types.Length -gt 0) { $first = $types[0] }
    $isCim = $first.StartsWith($script:cimInstance, [StringComparison]::Ordinal)
    if ($isCim) {
        $class = $script:cimClasses[$first]
        if ($null -eq $class) {
            $className = $first -replace '^.*[/#]'
            $namespace = ''
            if ($first.Contains('#')) { $namespace = ($first -replace '^[^#]*#').Replace("/$className", '') }
            $class = $script:cimClasses[$first] = @{
                Name = $className
                Class = [pscustomobject] @{ CimClassName = $className }
                System = [pscustomobject] @{ ClassName = $className; Namespace = $namespace }
            }
        }
        if ($null -eq $text) { $text = $class.Name }
    } elseif ($null -eq $text) {
        $text = $first
    }
    if ($null -eq $Map['text'] -and $first -ceq 'System.Management.Automation.PSCustomObject') {
        $object = [psobject]::new()
    } else {
        $object = [psobject]::new($script:object::new($text))
    }
    $inside = $object.PSObject
    if ($types.Length -gt 0) {
        $names = $inside.TypeNames
        $names.Clear()
        foreach ($type in $types) { $names.Add($type) }
    }
    $members = $inside.Properties
    if ($isCim) {
        if ($null -ne $Map['cim']) { $script:rawValues.Add($object.PSObject.BaseObject, $Map['cim']) }
        $members.Add($script:cimProperties, $true)
        $members.Add([Management.Automation.PSNoteProperty]::new('CimClass', $class.Class), $true)
        $members.Add([Management.Automation.PSNoteProperty]::new('CimSystemProperties', $class.System), $true)
    }
    foreach ($entry in $properties.GetEnumerator()) {
        # Unchecked, because the engine's own type data may know the name: the host's value counts.
        $members.Add([Management.Automation.PSNoteProperty]::new($entry.Key, $entry.Value), $true)
    }
    $object
}

function ConvertFrom-WireText {
    <# A line of JSON as plain values, and of what carries a `$` as its first key the value that it stands for. #>
    param([string] $Text)
    Add-EnumName $Text
    $outer = [Collections.Generic.Stack[object]]::new()
    # What the innermost list or object holds so far; an object as name, value, name, value.
    $items = [Collections.ArrayList]::new()
    foreach ($match in $script:token.Matches($Text)) {
        $token = $match.Value
        $sign = $token[0]
        if ($sign -eq '"') {
            $value = $token.Substring(1, $token.Length - 2)
            if ($value.Contains('\')) { $value = [regex]::Unescape($value) }
        } elseif ($sign -eq '{' -and $token.Length -gt 1) {
            $value = [Management.Automation.LanguagePrimitives]::ConvertTo($match.Groups[2].Value, $script:integers[$match.Groups[1].Value])
        } elseif ($sign -eq '{' -or $sign -eq '[') {
            $outer.Push($items)
            $items = [Collections.ArrayList]::new()
            continue
        } elseif ($sign -eq ']') {
            $value = $items.ToArray()
            $items = $outer.Pop()
        } elseif ($sign -eq '}') {
            $kind = $null
            if ($items.Count -gt 2 -and $items[0] -ceq '$') { $kind = $items[1] }
            if ($null -eq $kind -or $kind -ceq 'object' -or $kind -ceq 'enum') {
                $map = [Collections.Specialized.OrderedDictionary]::new()
                for ($index = 0; $index -lt $items.Count; $index += 2) { $map[[string] $items[$index]] = $items[$index + 1] }
                if ($null -eq $kind) { $value = $map }
                elseif ($kind -ceq 'object') { $value = New-SimulatedObject $map }
                else { $value = [Enum]::ToObject((Get-EnumType $map['type']), [long] $map['value']) }
            } else {
                $content = $items[3]
                switch -CaseSensitive ($kind) {
                    'char' { $value = [char] [int] $content }
                    'guid' { $value = [guid] $content }
                    # CIM hands out local times.
                    'datetime' {
                        $value = [datetime]::Parse($content, [Globalization.CultureInfo]::InvariantCulture,
                            [Globalization.DateTimeStyles]::AdjustToUniversal).ToLocalTime()
                    }
                    'timespan' {
                        if ($content -ceq 'max') { $value = [timespan]::MaxValue } else { $value = [timespan]::new([long] $content) }
                    }
                    'hashtable' {
                        $value = @{}
                        foreach ($entry in $content.GetEnumerator()) { $value[$entry.Key] = $entry.Value }
                    }
                    default { throw "The simulated host sent a value of the unknown kind '$kind'." }
                }
            }
            $items = $outer.Pop()
        } elseif ($sign -eq 't') {
            $value = $true
        } elseif ($sign -eq 'f') {
            $value = $false
        } elseif ($sign -eq 'n') {
            $value = $null
        } else {
            $value = [double] $token
            if ([math]::Abs($value) -le [int]::MaxValue -and $value -eq [math]::Floor($value)) { $value = [int] $value }
        }
        [void] $items.Add($value)
    }
    $items[0]
}

function Format-WireText {
    param([string] $Text)
    $escape = { param($found) '\u{0:x4}' -f [int] [char] $found.Value }
    '"' + [regex]::Replace($Text, '[^ !#-\[\]-~]', [Text.RegularExpressions.MatchEvaluator] $escape) + '"'
}

function ConvertTo-WireText {
    <# A bound parameter as JSON: scalars, lists, and of objects their scalar properties and the CIM instances inside. #>
    param($Value, [int] $Depth)
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string] -or $Value -is [char]) { return Format-WireText $Value }
    if ($Value -is [bool] -or $Value -is [switch]) { return ([bool] $Value).ToString().ToLowerInvariant() }
    if ($Value -is [enum] -or $Value -is [guid] -or $Value -is [timespan] -or $Value -is [version]) {
        return Format-WireText $Value.ToString()
    }
    if ($Value -is [datetime]) { return Format-WireText $Value.ToUniversalTime().ToString('o') }
    if ($Value -is [IConvertible]) { return $Value.ToString([Globalization.CultureInfo]::InvariantCulture) }
    if ($Value -is [Collections.IDictionary]) {
        $members = foreach ($entry in $Value.GetEnumerator()) { (Format-WireText $entry.Key) + ':' + (ConvertTo-WireText $entry.Value ($Depth + 1)) }
        return '{' + ($members -join ',') + '}'
    }
    if ($Value -is [Collections.IEnumerable]) {
        return '[' + (@(foreach ($item in $Value) { ConvertTo-WireText $item ($Depth + 1) }) -join ',') + ']'
    }
    $members = @('"$types":' + (ConvertTo-WireText @($Value.PSObject.TypeNames) 2))
    if ($Depth -le 2) {
        foreach ($property in $Value.PSObject.Properties) {
            $inner = $property.Value
            if ($property.MemberType -ne 'NoteProperty' -or $property.Name -in 'CimClass', 'CimSystemProperties') { continue }
            if ($null -eq $inner -or $inner -is [string] -or $inner -is [ValueType] -or ($Depth -le 1 -and $inner.PSObject.TypeNames[0] -like "$script:cimInstance*")) {
                $members += (Format-WireText $property.Name) + ':' + (ConvertTo-WireText $inner ($Depth + 1))
            }
        }
    }
    '{' + ($members -join ',') + '}'
}

function Get-WireAnswer {
    param([string] $Question)
    if ($null -eq $script:wire) {
        $name, $port = $env:SWITCHYARD_SIMULATED_HOST -split ':'
        $client = [Net.Sockets.TcpClient]::new()
        $client.NoDelay = $true
        $client.Connect($name, [int] $port)
        $encoding = [Text.UTF8Encoding]::new($false)
        $script:wire = @{
            Reader = [IO.StreamReader]::new($client.GetStream(), $encoding)
            Writer = [IO.StreamWriter]::new($client.GetStream(), $encoding)
        }
        $script:wire.Writer.NewLine = "`n"
        $script:wire.Writer.AutoFlush = $true
    }
    $line = $null
    try {
        $script:wire.Writer.WriteLine($Question)
        $line = $script:wire.Reader.ReadLine()
    } finally {
        # A line that broke is not used again.
        if ($null -eq $line) { $script:wire = $null }
    }
    if ($null -eq $line) { throw 'The simulated host closed the connection.' }
    $answer = ConvertFrom-WireText $line
    if ($answer.Contains('protocolError')) { throw "The simulated host did not understand: $($answer['protocolError'])" }
    $answer
}

function New-SimulatedError {
    <# The error record as the cmdlet raises it: id, category, exception and number are the host's. #>
    param($Told)
    $name = 'System.Exception'
    if ($Told.Contains('exception')) { $name = $Told['exception'] }
    $type = $script:exceptions[$name]
    if ($null -eq $type) {
        if ($name -match '^(?:System|Microsoft\.Management\.Infrastructure)\.') { $type = $name -as [type] }
        if ($null -eq $type) { $type = Add-SimulatedType -Name $name -Parent ([Exception]) }
        $script:exceptions[$name] = $type
    }
    $exception = [Activator]::CreateInstance($type, [object[]] @([string] $Told['message']))
    if ($Told.Contains('hresult')) {
        $number = [BitConverter]::ToInt32([BitConverter]::GetBytes([long] $Told['hresult']), 0)
        [void] $script:setHResult.Invoke($exception, [object[]] @($number))
    }
    $record = [Management.Automation.ErrorRecord]::new(
        $exception, $Told['id'].Split(',')[0], [Management.Automation.ErrorCategory] $Told['category'], $Told['target'])
    # The engine would add the name of the command that wrote it; the host gives the whole id.
    $script:wholeErrorId.SetValue($record, [string] $Told['id'])
    @{ Record = $record; Terminating = $Told['terminating'] }
}

function Invoke-SimulatedCmdlet {
    <# Hands back what came, for the proxy function to write: errors then carry the name of the command that was called. #>
    param([string] $Name, $Bound)
    $parameters = foreach ($entry in $Bound.GetEnumerator()) {
        # Common parameters are the engine's to serve.
        if ([Management.Automation.Cmdlet]::CommonParameters -notcontains $entry.Key) {
            (Format-WireText $entry.Key) + ':' + (ConvertTo-WireText $entry.Value 0)
        }
    }
    $answer = Get-WireAnswer ('{"kind":"call","call":{"name":' + (Format-WireText $Name) + ',"parameters":{' + ($parameters -join ',') + '}}}')
    if ($answer.Contains('delayMs')) { [Threading.Thread]::Sleep([int] $answer['delayMs']) }
    @{
        Output = $answer['output']
        Warnings = @(foreach ($warning in $answer['warnings']) { $warning })
        Errors = @(foreach ($told in $answer['errors']) { New-SimulatedError $told })
    }
}

Export-ModuleMember -Function 'Invoke-SimulatedCmdlet'
