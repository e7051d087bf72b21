<#
.SYNOPSIS
The portals that the iSCSI initiator asks for targets.

.DESCRIPTION
Windows spells InititorIPAdressListNumber so.
#>
[CmdletBinding()]
param()

Resolve-Iscsi -Command 'Get-IscsiTargetPortal'
$properties = @(
    'TargetPortalAddress', 'TargetPortalPortNumber', 'InitiatorPortalAddress', 'InitiatorInstanceName',
    'InititorIPAdressListNumber', 'IsHeaderDigest', 'IsDataDigest'
)
ConvertTo-Record -InputObject @(Get-IscsiTargetPortal) -Property $properties
