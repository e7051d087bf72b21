<#
.SYNOPSIS
Which interfaces SMB may use for a server, where an administrator said so.
#>
[CmdletBinding()]
param()

$properties = @(
    'ServerName', 'InterfaceGuid', 'InterfaceIndex', 'InterfaceAlias'
)
ConvertTo-Record -InputObject @(Get-SmbMultichannelConstraint) -Property $properties
