<#
.SYNOPSIS
    What the task of a guard runs: opens the undo that lies in its folder, if it is still the one that was armed.

.DESCRIPTION
    It stands in the arguments of the task itself, so it cannot be exchanged without the rights to change the task. Its
    lines are joined there: each statement ends with a semicolon or a brace, and no line holds a double quote.

.PARAMETER Folder
    Where the guard's files lie.

.PARAMETER Hash
    SHA-256 of what was armed, in hex.
#>
param([string] $Folder, [string] $Hash);
$texts = @(foreach ($name in 'Invoke-Step.ps1', 'Invoke-Undo.ps1', 'undo.json') { [IO.File]::ReadAllText([IO.Path]::Combine($Folder, $name)) });
$maker = New-Object -TypeName Security.Cryptography.SHA256CryptoServiceProvider;
$sum = [BitConverter]::ToString($maker.ComputeHash([Text.Encoding]::UTF8.GetBytes([string]::Join('|', $texts)))).Replace('-', '');
if ($sum -ne $Hash) { [IO.File]::WriteAllText([IO.Path]::Combine($Folder, 'refused.txt'), $sum); return };
& ([ScriptBlock]::Create($texts[1])) -Folder $Folder -Data $texts[2] -Step $texts[0];
