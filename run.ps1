# Sets Groovescape up and starts it on Windows: the twin of ./run. UNTESTED: nobody has run this file yet.
#
#   .\run.ps1                    open the window
#   .\run.ps1 COMMAND ...        a command of the command line: .\run.ps1 generate drums -o beat.mid
#   .\run.ps1 test [SUITE] ...   run the tests: default or models; more words go to pytest
#   .\run.ps1 python ...         the Python that Groovescape runs on
#
# FluidSynth (fluidsynth.dll on PATH) and a SoundFont are installed by hand; the window says so where they are missing.
$ErrorActionPreference = 'Stop'
$here = $PSScriptRoot
$venv = Join-Path $here '.venv'
$python = Join-Path $venv 'Scripts\python.exe'
$log = Join-Path $here '.run.log'

function Find-Python {
    if ($env:GROOVESCAPE_PYTHON) { return @($env:GROOVESCAPE_PYTHON) }
    foreach ($version in '3.14', '3.13', '3.12', '3.11') {
        if (Get-Command py -ErrorAction SilentlyContinue) {
            & py "-$version" -c 'pass' 2>$null
            if ($LASTEXITCODE -eq 0) { return @('py', "-$version") }
        }
    }
    foreach ($name in 'python3', 'python') {
        if (Get-Command $name -ErrorAction SilentlyContinue) {
            & $name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>$null
            if ($LASTEXITCODE -eq 0) { return @($name) }
        }
    }
    throw 'Groovescape needs Python 3.11 or newer, and found none: install it and type .\run.ps1 again.'
}

function Install-Groovescape([string] $extras) {
    $hash = (Get-FileHash (Join-Path $here 'pyproject.toml')).Hash
    $now = "$here $hash"
    $stamp = Join-Path $venv "groovescape-ready$extras"
    if ((Test-Path $python) -and (Test-Path $stamp) -and ((Get-Content $stamp) -eq $now)) { return }
    if (-not (Test-Path $python)) {
        $found = @(Find-Python)
        $rest = @($found | Select-Object -Skip 1)
        & $found[0] @rest -m venv $venv
        if ($LASTEXITCODE -ne 0) { throw "Python could not make $venv." }
    }
    [Console]::Error.WriteLine('run: Installing Python packages into .venv (a minute or two, once) ...')
    $target = if ($extras) { ".[$extras]" } else { '.' }
    Push-Location $here
    try { & $python -m pip install --disable-pip-version-check --no-input -q -e $target *> $log }
    finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) { throw "Installing Python packages failed (the whole story is in $log)." }
    Set-Content -Path $stamp -Value $now
}

$command = $args | Select-Object -First 1
$rest = @($args | Select-Object -Skip 1)
if ($command -eq 'test') {
    Install-Groovescape 'test'
    $suite = if ($rest.Count -and $rest[0] -eq 'models') { @('tests/models') } else { @() }
    $rest = @($rest | Where-Object { $_ -notin 'default', 'models' })
    Push-Location $here
    try { & $python -m pytest @suite @rest } finally { Pop-Location }
} elseif ($command -eq 'python') {
    Install-Groovescape ''
    & $python @rest
} else {
    Install-Groovescape $(if ($command -eq 'train') { 'train' } else { '' })
    & $python -P -m groovescape @args
}
exit $LASTEXITCODE
