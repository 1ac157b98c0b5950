; The installer for Windows (Inno Setup 6). build.ps1 hands over Version and Built.
; For one person, without administrator rights. Links (writeback://) open the window and only navigate.
#ifndef Version
  #error Version is missing: run build.ps1
#endif

[Setup]
AppId=org.writeback.desktop
AppName=Writeback
AppVersion={#Version}
DefaultDirName={autopf}\Writeback
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
OutputBaseFilename=writeback-{#Version}-setup
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
LicenseFile={#Built}\LICENSE
UninstallDisplayIcon={app}\writebackw.exe
Compression=lzma2
SolidCompression=yes

[Files]
Source: "{#Built}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Files of the version before must not be found by the new one. What people keep lies in %LOCALAPPDATA%\Writeback.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Writeback"; Filename: "{app}\writebackw.exe"; Parameters: "gui"

[Registry]
Root: HKA; Subkey: "Software\Classes\writeback"; ValueType: string; ValueData: "URL:Writeback"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\writeback"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\writeback\shell\open\command"; ValueType: string; ValueData: """{app}\writebackw.exe"" gui ""%1"""
