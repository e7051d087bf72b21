<#
.SYNOPSIS
Who owns folders and who may do what in them, in the words in which Windows writes security down (SDDL).

.DESCRIPTION
SDDL names everybody by a number or by a code of two letters, so that it reads the same in every language. A folder that
is not there or cannot be asked has the reason in its place.
#>
[CmdletBinding()]
param([string[]] $Path)

foreach ($folder in @($Path)) {
    try {
        $acl = Get-Acl -LiteralPath $folder -ErrorAction Stop
        [pscustomobject] @{ Path = $folder; Sddl = [string] $acl.Sddl; Problem = '' }
    }
    catch {
        [pscustomobject] @{ Path = $folder; Sddl = ''; Problem = [string] $_.Exception.Message }
    }
}
