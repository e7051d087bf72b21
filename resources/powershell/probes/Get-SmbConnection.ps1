<#
.SYNOPSIS
The shares that this host uses.

.DESCRIPTION
Windows keeps apart what cluster shared volumes (CSV), the storage bus (SBL) and storage replication (SR) use; without
being asked for them it lists the default instance alone. Releases know the instances they have: an unknown name is
refused before anything is asked.
#>
[CmdletBinding()]
param()

$properties = @(
    'ServerName', 'ShareName', 'UserName', 'Credential', 'Dialect', 'NumOpens', 'ContinuouslyAvailable',
    'Encrypted', 'Signed', 'Redirected', 'SmbInstance'
)
$answers = New-Object -TypeName Collections.ArrayList
$null = $answers.Add(@{ Instance = 'Default'; Rows = @(Get-SmbConnection) })
if ((Get-Command -Name 'Get-SmbConnection').Parameters.ContainsKey('SmbInstance')) {
    foreach ($name in 'CSV', 'SBL', 'SR') {
        try {
            $null = $answers.Add(@{ Instance = $name; Rows = @(Get-SmbConnection -SmbInstance $name) })
        } catch {
            # Only a name that this release does not know may be passed over.
            $isUnknown = $_.FullyQualifiedErrorId -like 'CannotConvertArgument*' -or
                $_.FullyQualifiedErrorId -like 'ParameterArgument*'
            if (-not $isUnknown) { Write-Error -ErrorRecord $_ }
        }
    }
}
Join-SmbInstance -Answer $answers.ToArray() -Property $properties
