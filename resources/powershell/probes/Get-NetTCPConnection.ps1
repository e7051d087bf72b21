<#
.SYNOPSIS
The TCP connections to iSCSI targets (port 3260) and to file servers (port 445).

.DESCRIPTION
A port that no connection goes to is answered with an error that says so; the reader takes it for none.
#>
[CmdletBinding()]
param()

$properties = @(
    'LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort', 'State', 'OwningProcess'
)
ConvertTo-Record -InputObject @(Get-NetTCPConnection -RemotePort 3260, 445) -Property $properties
