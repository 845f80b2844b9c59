# What is not well on a machine, without a policy: a Mac that is behind, one that is broken, a Linux machine.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
run doctor --machine mac -v
run doctor --machine "$SOURCE/examples/machines/linux-dev"
echo "--- everything at once"
printf 'GOPROXY=none\nGOFLAGS=mod=mod\nGOSUMDB=off\nGOROOT=/nowhere\nGO111MODULE=off\nGOINSECURE=*\nGOEXPERIMENT=fieldtrak\nGOTOOLCHAIN=1.2\nGOPATH=rel\n' \
  >"mac/root/Users/dev/Library/Application Support/go/env"
rm -rf mac/root/private/var/db/xcode_select_link mac/root/Applications/Xcode.app mac/root/Library/Developer
sed -i 's/"sysctl.proc_translated" = 0/"sysctl.proc_translated" = 1/; s|^LANG.*|&\nGOENV = "/Users/dev/.goenv"|' mac/machine.toml
run doctor --machine mac
run import --machine mac -o mine.policy
sed -n '/go_env/,/^  }/p' mine.policy
run plan mine.policy --machine mac
echo "--- a Mac that nothing is wrong with"
cp -R "$SOURCE/examples/machines/m3-sonoma" well
sed -i 's/14\.5/15.6/' well/machine.toml well/root/System/Library/CoreServices/.SystemVersionPlatform.plist
rm -rf well/root/opt/homebrew/Cellar/go
mkdir -p well/root/opt/homebrew/Cellar/go/1.27.0/bin
cp -R "$SOURCE/examples/machines/m3-sonoma/root/opt/homebrew/Cellar/go/1.22.4/." well/root/opt/homebrew/Cellar/go/1.27.0
printf 'go1.27.0\ntime 2026-08-11T00:00:00Z\n' >well/root/opt/homebrew/Cellar/go/1.27.0/libexec/VERSION
for link in bin/go bin/gofmt opt/go var/homebrew/linked/go; do
  target=$(readlink "well/root/opt/homebrew/$link" | sed 's/1\.22\.4/1.27.0/')
  ln -sfn "$target" "well/root/opt/homebrew/$link"
done
run doctor --machine well
run doctor --machine well --json
run doctor --machine nowhere
echo "--- a user who is no administrator, on an arm64 Mac whose Go and Homebrew are for Intel, without Rosetta 2"
cp -R "$SOURCE/examples/machines/m2-sequoia-mixed-brew" mixed
rm -r mixed/root/opt/homebrew mixed/root/Library/Apple/usr
groups=mixed/root/private/var/db/dslocal/nodes/Default/groups
mkdir -p "$groups"
printf 'root\nboss\n' >"$groups/admin"
printf 'GOARCH=amd64\nGOOS=windows\nGO111MODULE=off\nGOFLAGS=-toolexec=/opt/x\nGOPROXY=http://p.corp.example\nGOSUMDB=off\nGOPRIVATE=*\n' \
  >"mixed/root/Users/dev/Library/Application Support/go/env"
run doctor --machine mixed -v
run facts --machine mixed 'brew.formula["go"].exists'
