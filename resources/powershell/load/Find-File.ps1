<#
.SYNOPSIS
Files on a share that are large enough to be read.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Share,

    [long] $LeastSize = 67108864
)

Find-LoadFile -Share $Share -LeastSize $LeastSize
