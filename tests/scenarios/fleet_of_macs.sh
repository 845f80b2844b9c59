# shellcheck shell=sh disable=SC2034
# The recorded Macs, and one policy for all of them.
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
  outcome apply --yes --unsigned fleet.policy --machine mac --in-place
  run plan fleet.policy --machine mac
}
