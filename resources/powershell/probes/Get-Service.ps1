<#
.SYNOPSIS
The services that storage and virtualisation rest on, and how each is started.

.DESCRIPTION
Read from Win32_Service, which knows the start mode on every release; the property of Get-Service needs a newer .NET
than Windows Server 2012 R2 has. State and mode are written as Get-Service words them. A service that is not
installed is not in the answer.
#>
[CmdletBinding()]
param()

$startTypes = @{ 'Auto' = 'Automatic' }
$services = Get-CimInstance -ClassName Win32_Service -Filter "Name='MSiSCSI' OR Name='ClusSvc' OR Name='vmms'" -Property Name, State, StartMode
foreach ($service in @($services)) {
    if ($null -eq $service) { continue }
    $startType = [string] $service.StartMode
    if ($startTypes.ContainsKey($startType)) { $startType = $startTypes[$startType] }
    [pscustomobject] @{
        Name = [string] $service.Name
        Status = ([string] $service.State).Replace(' ', '')
        StartType = $startType
    }
}
