# The recorded Macs beside m3-sonoma: what gopol reads of each, what it finds there, and what one policy for all of
# them makes of it.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
outcome() { # the plan was shown before
  echo "\$ gopol $*"
  "$GOPOL" "$@" </dev/null >said.txt 2>&1
  status=$?
  sed '1,/nothing is deleted/d' said.txt
  echo "exit $status"
}
machines="$SOURCE/examples/machines"
sonoma="$machines/m3-sonoma"
terminal='tcc.grant["com.apple.Terminal"]'
code='tcc.grant["com.microsoft.VSCode"]'
fresh() { echo "=== $1: $2"; rm -rf mac; cp -R "$machines/$1" mac; chmod -R u+w mac; }
look() {
  run facts --machine mac os.name os.version os.build cpu.arch cpu.brand os.rosetta.exists machine.managed \
    brew.install.prefix brew.install.prefixes xcode.clt.version xcode.clt.receipt xcode.clt.sdks xcode.select.active \
    xcode.select.why "$@"
  run why go --machine mac
  run doctor --machine mac -v
}
# A mirror with small archives: none of Go's, so their hashes are said in the policy.
archive() { # archive GOARCH PROGRAM
  mkdir -p go/bin mirror
  cp "$2" go/bin/go
  cp "$2" go/bin/gofmt
  printf 'go1.26.7\ntime 2026-08-06T16:00:00Z\n' >go/VERSION
  cp "$sonoma/root/opt/homebrew/opt/go/libexec/go.env" go/go.env
  tar -czf "mirror/go1.26.7.darwin-$1.tar.gz" go
  rm -r go
}
archive arm64 "$sonoma/root/opt/homebrew/opt/go/libexec/bin/go"
archive amd64 "$machines/intel-sequoia/root/Users/dev/.goenv/versions/1.22.5/bin/go"
listed() {
  sum=$(sha256sum "mirror/go1.26.7.darwin-$1.tar.gz" | cut -d ' ' -f 1)
  printf '{"filename":"go1.26.7.darwin-%s.tar.gz","os":"darwin","arch":"%s","version":"go1.26.7",' "$1" "$1"
  printf '"sha256":"%s","kind":"archive"}' "$sum"
}
printf '[{"version":"go1.26.7","stable":true,"files":[%s,%s]}]\n' "$(listed arm64)" "$(listed amd64)" >mirror/index.json
mkdir -p "$HOME/.config/gopol"
printf '[download]\ngo = "file://%s/mirror"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"
policy_for() { # policy_for GOARCH
  sum=$(sha256sum "mirror/go1.26.7.darwin-$1.tar.gz" | cut -d ' ' -f 1)
  sed '$d' "$SOURCE/examples/mac-fleet.policy"
  cat <<P

  override toolchain {
    because "the mirror's archives are small"
    after   clt
    on unknown fail
    go.toolchain "default" {
      version = 1.26.7
      sha256  = "$sum"
    }
  }
}
P
}
converge() {
  run plan fleet.policy --machine mac
  outcome apply fleet.policy --machine mac --in-place
  run plan fleet.policy --machine mac
}
echo "# one policy, and one set of tools"
run check "$SOURCE/examples/mac-fleet.policy"
run fmt --check "$SOURCE/examples/mac-fleet.policy"
for mac in "$machines"/m* "$machines"/intel-*; do
  diff -r "$sonoma/tools" "$mac/tools" || echo "${mac##*/} has other tools"
done
policy_for arm64 >fleet.policy
fresh m3-sonoma "Xcode, the tools and a Go of Homebrew"
converge

fresh m1-ventura-clt "the tools, the Go package, nothing else"
look 'go.toolchain["/usr/local/go"].version' 'go.toolchain["/usr/local/go"].origin'
converge
echo "# a person installs Homebrew"
mkdir -p mac/root/opt/homebrew/bin
cp "$sonoma/root/opt/homebrew/bin/brew" mac/root/opt/homebrew/bin/
outcome apply fleet.policy --machine mac --in-place
run plan fleet.policy --machine mac
run why go --machine mac
echo "# what Apple has nothing of for this macOS"
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 16 } }\n' >newer.policy
outcome apply newer.policy --machine "$machines/m1-ventura-clt"

fresh m2-sequoia-mixed-brew "an x86_64 Homebrew first in PATH"
look 'go.toolchain["/usr/local/Cellar/go/1.21.6/libexec"].arch' go.env.GOARCH "$terminal.SystemPolicyAllFiles" \
  "$code.SystemPolicyAllFiles" firewall.state
converge
run why go --machine mac
run facts --machine mac 'go.toolchain["default"].arch' 'go.toolchain["default"].first_on_path'
run doctor --machine mac
echo "# without signatures, whom a decision means cannot be told"
rm mac/signatures.txt
run facts --machine mac "$code.SystemPolicyAllFiles"
echo "# only the Intel Homebrew is left; then Rosetta 2 goes"
rm mac/root/opt/homebrew/bin/brew
printf 'gopol 1.0\nenforce tools { brew.formula "delve" present }\n' >delve.policy
printf 'gopol 1.0\nenforce jq { brew.formula "jq" { version >= 1.8 } }\n' >jq.policy
run plan delve.policy --machine mac
outcome apply delve.policy --machine mac --in-place
run facts --machine mac brew.install.prefixes brew.install.translated 'brew.formula["delve"].arch'
rm mac/root/Library/Apple/usr/libexec/oah/libRosettaRuntime
outcome apply jq.policy --machine mac --in-place

fresh intel-sequoia "goenv, and no key of Apple silicon"
policy_for amd64 >fleet.policy
look 'go.toolchain["/Users/dev/.goenv/versions/1.22.5"].arch' 'brew.formula["delve"].arch'
run why go old --machine mac
converge
run why go --machine mac
printf 'gopol 1.0\nenforce tools { brew.formula "golangci-lint" present  xcode.clt { version >= 26 } }\n' >tools.policy
run plan tools.policy --machine mac
outcome apply tools.policy --machine mac --in-place
run facts --machine mac xcode.clt.receipt xcode.clt.sdks 'brew.formula["golangci-lint"].arch'
printf 'gopol 1.0\nenforce old_tools { os.rosetta present }\n' >rosetta.policy
run plan rosetta.policy --machine mac

fresh m4-tahoe-managed "an MDM, and a user who is no administrator"
policy_for arm64 >fleet.policy
look "$terminal.SystemPolicyAllFiles" "$terminal.ScreenCapture" "$code.SystemPolicyAllFiles" firewall.state
run why go shop --machine mac
converge
run guide "$terminal.ScreenCapture" --machine mac
echo "# made an administrator"
echo dev >>mac/root/private/var/db/dslocal/nodes/Default/groups/admin
outcome apply fleet.policy --machine mac --in-place
run plan fleet.policy --machine mac
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 27 } }\n' >newer.policy
outcome apply newer.policy --machine mac --in-place

fresh m3-goldengate "an upgrade took Rosetta 2"
look 'go.toolchain["/Users/dev/sdk/go1.19.13"].arch' "$terminal.SystemPolicyAllFiles" "$terminal.AppleEvents"
converge
run why go --machine mac
run doctor --machine mac
run plan rosetta.policy --machine mac
outcome apply rosetta.policy --machine mac --in-place
run facts --machine mac os.rosetta.exists

echo "=== tccutil takes away, and says why not"
tool() {
  echo "\$ $*"
  name=$1
  shift
  GOPOL_ROOT="$PWD/mac/root" HOME=/Users/dev USER=dev "mac/tools/$name" "$@"
  echo "exit $?"
}
tool tccutil reset SystemPolicyAllFiles com.apple.Terminal
tool tccutil reset Camera com.apple.Terminal
tool tccutil reset All com.example.gone
tool tccutil reset LocalNetwork
tool tccutil reset SystemPolicyAllFiles /opt/homebrew/bin/dlv
tool sudo -n tccutil reset LocalNetwork com.apple.Terminal
tool sudo -n tccutil reset Calendar
tool tccutil list

fresh linux-dev "no Mac: what is for Macs skips it, the rest converges"
run plan fleet.policy --machine mac
printf 'gopol 1.0\nimport "std/baseline@1" as base\nprofile box extends base.baseline { when os.family == linux }\n' >box.policy
run plan box.policy --machine mac
outcome apply box.policy --machine mac --in-place
run plan box.policy --machine mac
