# Build Writeback on Windows 10 or newer: folder, zip and an installer for one person.
#
#     powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Python py] [-Certificate THUMBPRINT -TimestampServer URL]
#
# Needs Python 3.11 (python.org), Inno Setup 6 for the installer (iscc on the PATH), and for -Certificate the
# Windows SDK (signtool) and a code-signing certificate in the user's store. No key or password is an argument.
# NOT RUN by anybody yet: see packaging/README.md.
param([string]$Python = "py", [string]$Certificate = "", [string]$TimestampServer = "")
$ErrorActionPreference = "Stop"
$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$into = Join-Path $root "artifacts\package"

function Invoke-Step([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE; no installer was made." }
}

function Add-Signature([string]$File) {
    if ($Certificate -eq "") { return }
    Invoke-Step "signtool" @("sign", "/sha1", $Certificate, "/fd", "SHA256", "/tr", $TimestampServer, "/td", "SHA256", $File)
}

Push-Location $root
try {
    Invoke-Step $Python @("packaging\dev.py", "package")
    Add-Signature (Join-Path $into "writeback\writeback.exe")
    Add-Signature (Join-Path $into "writeback\writebackw.exe")
    if ($null -eq (Get-Command "iscc" -ErrorAction SilentlyContinue)) {
        Write-Warning "Inno Setup is not there: the folder and the zip were made, no installer."
        return
    }
    $version = & (Join-Path $root ".venv\Scripts\python.exe") -c "from importlib.metadata import version; print(version('writeback'))"
    Invoke-Step "iscc" @("/Qp", "/DVersion=$version", "/DBuilt=$into\writeback", "/O$into", (Join-Path $PSScriptRoot "writeback.iss"))
    $installer = Join-Path $into "writeback-$version-setup.exe"
    Add-Signature $installer
    Write-Output $installer
}
finally { Pop-Location }
