<#
.SYNOPSIS
How the SMB server is set up.
#>
[CmdletBinding()]
param()

$properties = @(
    'EnableMultiChannel', 'MaxChannelPerSession', 'EncryptData', 'RejectUnencryptedAccess',
    'EnableSMB1Protocol', 'EnableSMB2Protocol', 'EnableSecuritySignature', 'RequireSecuritySignature',
    'EnableLeasing', 'EnableOplocks', 'Smb2CreditsMin', 'Smb2CreditsMax', 'MaxThreadsPerQueue',
    'EncryptionCiphers'
)
ConvertTo-Record -InputObject @(Get-SmbServerConfiguration) -Property $properties
