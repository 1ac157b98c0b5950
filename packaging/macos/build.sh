#!/usr/bin/env bash
# Build Writeback on macOS 13 or newer: Writeback.app and a disk image of it.
#
#     packaging/macos/build.sh [SIGNING-IDENTITY [NOTARY-PROFILE]]
#
# Needs Python 3.11 (python.org) and Xcode's command line tools. SIGNING-IDENTITY is a "Developer ID Application: …"
# of the login keychain; NOTARY-PROFILE was stored there before by `xcrun notarytool store-credentials`. No key or
# password is an argument. Without an identity the app is signed for this machine alone ("ad hoc").
# NOT RUN by anybody yet: see packaging/README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
identity=${1:--}
profile=${2:-}
into=$PWD/artifacts/package
app=$into/Writeback.app

python3 packaging/dev.py package
cp "$into/writeback/THIRD-PARTY-LICENSES" "$into/writeback/LICENSE" "$into/writeback/NOTICE" "$app/Contents/Resources/"
cp "$into/writeback/THIRD-PARTY-LICENSES" "$app/Contents/Resources/writeback/_resources/"

more=()
# A hardened program may load plugins of others, which nobody signed, only when it says so.
if [ "$identity" != - ]; then more=(--timestamp --options runtime --entitlements packaging/macos/entitlements.plist); fi
codesign --force --deep --sign "$identity" ${more[@]+"${more[@]}"} "$app"
codesign --verify --deep --strict "$app"

version=$(.venv/bin/python -c "from importlib.metadata import version; print(version('writeback'))")
image=$into/writeback-$version-$(uname -m).dmg
rm -f "$image"
hdiutil create -quiet -volname Writeback -srcfolder "$app" -format UDZO "$image"
if [ -n "$profile" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
  xcrun stapler staple "$image"
fi
echo "$image"
