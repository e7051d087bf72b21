<#
.SYNOPSIS
How the SMB client is set up.
#>
[CmdletBinding()]
param()

$properties = @(
    'EnableMultiChannel', 'ConnectionCountPerRssNetworkInterface', 'MaximumConnectionCountPerServer',
    'EnableBandwidthThrottling', 'EnableLargeMtu', 'EnableSecuritySignature', 'RequireSecuritySignature',
    'EnableLoadBalanceScaleOut', 'SessionTimeout', 'ExtendedSessionTimeout', 'KeepConn', 'MaxCmds',
    'DisableCompression', 'RequestCompression', 'EncryptionCiphers'
)
ConvertTo-Record -InputObject @(Get-SmbClientConfiguration) -Property $properties
