<#
.SYNOPSIS
The pairs of interfaces between this host and its file servers, also those that SMB did not choose.

.DESCRIPTION
Windows keeps apart what cluster shared volumes (CSV), the storage bus (SBL) and storage replication (SR) use; without
being asked for them it lists the default instance alone. Releases know the instances they have: an unknown name is
refused before anything is asked.
#>
[CmdletBinding()]
param()

$properties = @(
    'ServerName', 'ClientInterfaceIndex', 'ClientInterfaceFriendlyName', 'ClientIpAddress', 'ClientLinkSpeed',
    'ClientRSSCapable', 'ClientRdmaCapable', 'ServerInterfaceIndex', 'ServerIpAddress', 'ServerLinkSpeed',
    'ServerRSSCapable', 'ServerRdmaCapable', 'Selected', 'Failed', 'FailureCount', 'CurrentChannels',
    'MaxChannels', 'TcpConnectionCount', 'RdmaConnectionCount', 'QuicConnectionCount', 'SmbInstance'
)
$answers = New-Object -TypeName Collections.ArrayList
$null = $answers.Add(@{ Instance = 'Default'; Rows = @(Get-SmbMultichannelConnection -IncludeNotSelected) })
if ((Get-Command -Name 'Get-SmbMultichannelConnection').Parameters.ContainsKey('SmbInstance')) {
    foreach ($name in 'CSV', 'SBL', 'SR') {
        try {
            $null = $answers.Add(@{ Instance = $name; Rows = @(Get-SmbMultichannelConnection -IncludeNotSelected -SmbInstance $name) })
        } catch {
            # Only a name that this release does not know may be passed over.
            $isUnknown = $_.FullyQualifiedErrorId -like 'CannotConvertArgument*' -or
                $_.FullyQualifiedErrorId -like 'ParameterArgument*'
            if (-not $isUnknown) { Write-Error -ErrorRecord $_ }
        }
    }
}
Join-SmbInstance -Answer $answers.ToArray() -Property $properties
