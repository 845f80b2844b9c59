# The profile that an MDM installs for the TCC rules of a policy: made on a Mac, read by another reader of property
# lists; and what no profile can say.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
mac="$SOURCE/examples/machines/m3-sonoma"
cat >access.policy <<'P'
gopol 1.0
warn files {
  because "`go test` in ~/Documents is refused otherwise, \"HELP-3\" & more"
  tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed  ScreenCapture = allowed  Microphone = denied }
}
warn automation {
  because "the editor opens a terminal"
  tcc.grant "com.apple.Terminal" { AppleEvents includes ["com.apple.systemevents"] }
}
warn old { when os.version < 13  tcc.grant "com.apple.Terminal" { Photos = denied } }
P
sed -i 's/`go test`/go test/' access.policy
run profile access.policy --machine "$mac" 2>&1
run profile access.policy --machine "$mac" --identifier com.acme.gopol --organization "Acme & Co" -o access.mobileconfig 2>&1
"$GOPOL" profile access.policy --machine "$mac" --identifier com.acme.gopol --organization "Acme & Co" 2>/dev/null | cmp - access.mobileconfig && echo "the same bytes again"
python3 - access.mobileconfig <<'P'
import plistlib, sys
profile = plistlib.load(open(sys.argv[1], "rb"))
payload, = profile["PayloadContent"]
print(profile["PayloadType"], profile["PayloadScope"], profile["PayloadOrganization"], payload["PayloadType"])
for service, entries in payload["Services"].items():
    for entry in entries:
        print(service, *(f"{key}={value}" for key, value in sorted(entry.items())))
P
cat >impossible.policy <<'P'
gopol 1.0
warn access {
  tcc.grant "com.apple.Terminal" { Camera = allowed  DeveloperTool = allowed  Accessibility = undetermined }
  tcc.grant "com.example.missing" { SystemPolicyAllFiles = allowed }
}
P
run profile impossible.policy --machine "$mac" 2>&1
printf 'gopol 1.0\nenforce env { go.env { GOSUMDB = off } }\n' >none.policy
run profile none.policy --machine "$mac" 2>&1
run profile access.policy --machine "$SOURCE/examples/machines/linux-dev" 2>&1
run profile access.policy --machine "$mac" -o nowhere/file 2>&1
