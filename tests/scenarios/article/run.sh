# What the article on Go and macOS wants managed, row by row: a policy goes in, gopol's conclusion comes out.
# The last row stands on plan, apply and rings: `undo`, `agent` and `report` are no commands yet.
machines="$SOURCE/examples/machines"
row() { echo "=== $*"; rm -rf mac; }
on() { rm -rf mac; cp -R "$machines/$1" mac; chmod -R u+w mac; }
run() { echo "\$ gopol $*" | sed "s|$SOURCE|SOURCE|g"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
policy() { { echo 'gopol 1.0'; cat; } >a.policy; } # from standard input
facts() { "$GOPOL" facts --machine mac "$@"; }
# A mirror with a small archive that is none of Go's, so its hash is said in the policy.
bottle="$machines/m3-sonoma/root/opt/homebrew/opt/go/libexec"
mkdir -p go/bin mirror
cp "$SOURCE/tests/data/tcc/codesig/arm64-linker-signed.macho" go/bin/go
chmod 755 go/bin/go
cp -p go/bin/go go/bin/gofmt
printf 'go1.26.7\ntime 2026-08-06T16:00:00Z\n' >go/VERSION
cp "$bottle/go.env" go/go.env
tar -czf mirror/go1.26.7.darwin-arm64.tar.gz go
sum=$(sha256sum mirror/*.tar.gz | cut -d ' ' -f 1)
mkdir -p "$HOME/.config/gopol"
printf '[download]\ngo = "file://%s/mirror"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"

row "1 golden install flow: remove old Go, install native, verify arm64"
on m1-ventura-clt
policy <<P
enforce go { go.toolchain "default" { version = 1.26.7  arch = arm64  source = archive  sha256 = "$sum" } }
warn native {
  binary "\${user.home}/.local/share/gopol/go/current/bin/go" { arch = ["arm64"]  signed = true }
  go.toolchain "default" { first_on_path = true }
}
P
run plan a.policy --machine mac
run apply a.policy --machine mac --in-place
run plan a.policy --machine mac
facts 'go.toolchain["default"].arch' 'go.toolchain["/usr/local/go"].version' # what gopol does not own stays
"$GOPOL" why go --machine mac | head -n 2

row "1 lock 1.22.2, switch off an experiment"
on m3-sonoma
policy <<'P'
enforce go  { go.toolchain "default" { version = 1.22.2 } }
enforce env { go.env { GOTOOLCHAIN = local  GOEXPERIMENT excludes ["fieldtrack"] } }
enforce new { when os.version >= 26 go.env { GOEXPERIMENT includes ["synctest"] } }
P
run check a.policy
echo 'GOEXPERIMENT=fieldtrack,arenas' >>"mac/root/Users/dev/Library/Application Support/go/env"
policy <<'P'
enforce env { go.env { GOEXPERIMENT excludes ["fieldtrack"] } }
P
run apply a.policy --machine mac --in-place

row "1 GOROOT, GOPATH, GO111MODULE table; build flags"
on m3-sonoma
policy <<'P'
enforce go  { go.toolchain "default" { version = 1.26.7 } }
enforce env {
  go.env {
    GOROOT      = "/opt/homebrew/opt/go/libexec"
    GOPATH      = "${user.home}/go"
    GO111MODULE = "on"
    GOFLAGS     = ["-gcflags=-l -m=2"]
  }
}
P
run check a.policy
policy <<'P'
enforce env { go.env { unset GOROOT  GOPATH = "${user.home}/work"  GO111MODULE = "on"  GOFLAGS includes ["-trimpath"] } }
P
run apply a.policy --machine mac --in-place
run plan a.policy --machine mac

row "1 lipo -info, native check"
on m2-sequoia-mixed-brew
cp "$SOURCE/tests/data/tcc/codesig/arm64-linker-signed.macho" mac/root/opt/homebrew/bin/tool
cp "$SOURCE/tests/data/tcc/codesig/x86_64-unsigned.macho" mac/root/usr/local/bin/tool
policy <<'P'
warn native { for tool in ["/opt/homebrew/bin/tool", "/usr/local/bin/tool"] { binary tool { arch = ["arm64"]  signed = true } } }
P
run plan a.policy --machine mac

row "2.3 macOS x Go matrix, cgo"
policy <<'P'
enforce old { when os.family == macos and os.version >= 15  go.toolchain "default" { version = 1.22.2 } }
enforce new { when os.family == macos and os.version < 13   go.toolchain "default" { version = 1.27.0 } }
P
run check a.policy
on m4-tahoe-managed
run plan a.policy --machine mac
facts xcode.clt.clang xcode.clt.newest_sdk

row "2.4 chips M1-M3"
policy <<'P'
warn m1 { when cpu.brand == "Apple M1" and cpu.cores >= 8  os.rosetta absent }
P
for mac in m1-ventura-clt m2-sequoia-mixed-brew m3-sonoma m4-tahoe-managed intel-sequoia; do
  on "$mac"
  facts cpu.brand cpu.cores
  "$GOPOL" plan a.policy --machine mac | head -n 1
done

row "2.5 Rosetta detection"
on m2-sequoia-mixed-brew
sed -i 's/^"sysctl.proc_translated" = 0/"sysctl.proc_translated" = 1/' mac/machine.toml
facts cpu.arch cpu.translated os.rosetta.exists brew.install.translated 'go.toolchain["/usr/local/Cellar/go/1.21.6/libexec"].arch'
policy <<'P'
sealed warn no_rosetta { os.rosetta absent }
P
run plan a.policy --machine mac

row "3.1 Homebrew prefix by architecture, tap and source rules"
on m2-sequoia-mixed-brew
facts brew.install.prefix brew.install.arch brew.install.prefixes
policy <<'P'
enforce brew { when cpu.arch == arm64  brew.install { prefix = "/usr/local" } }
enforce path { when cpu.arch == arm64  path { before = ["/opt/homebrew/bin", "/usr/local/opt/go/bin"] } }
P
run check a.policy
policy <<'P'
enforce brew { brew.install { prefix = "/opt/homebrew"  arch = arm64 }  brew.formula "delve" { pinned = true } }
enforce path { path { absent includes ["/usr/local/bin"]  before includes ["/opt/homebrew/bin"] } }
P
run plan a.policy --machine mac
run apply a.policy --machine mac --in-place
run plan a.policy --machine mac

row "3.2 GOPATH, GOPROXY, GOSUMDB rules; Full Disk Access"
on m3-sonoma
policy <<'P'
enforce path { go.env { GOPATH = "~/go" } }
P
run check a.policy
policy <<'P'
enforce env { go.env { GOPROXY = "http://goproxy.corp.example|direct"  GOSUMDB = off } }
P
run check a.policy
policy <<'P'
enforce env { go.env { GOPROXY = ["https://goproxy.corp.example" | direct]  GOPRIVATE includes ["git.corp.example/*"] } }
warn disk   { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed } }
P
run plan a.policy --machine mac
run guide 'tcc.grant["com.googlecode.iterm2"].SystemPolicyAllFiles' --machine mac

row "3.3 CLT and SDK binding"
on m3-sonoma
policy <<'P'
enforce clt { xcode.clt { version >= 15.3 }  xcode.select { developer_dir = clt } }
warn sdk    { xcode.sdk { version >= 14 } }
P
run plan a.policy --machine mac
run apply a.policy --machine mac --in-place
facts xcode.select.why xcode.sdk.versions xcode.sdk.path

row "4.1 -toolexec hooks"
policy <<'P'
enforce hooks { go.env { GOFLAGS includes ["-toolexec=/opt/corp/audit"] } }
P
run check a.policy
run apply a.policy --yes --unsigned

row "4.2 TCC for dlv and pprof"
on m3-sonoma
policy <<'P'
enforce debugger { debug { developer_mode = true  group = true } }
warn events      { tcc.grant "com.microsoft.VSCode" { DeveloperTool = allowed } }
P
run plan a.policy --machine mac
policy <<'P'
warn net  { tcc.grant "com.apple.Terminal" { NetworkClient = allowed } }
warn old  { tcc.grant "com.apple.Terminal" { kTCCServiceCamera = allowed  LocalNetwork = allowed } }
enforce g { tcc.grant "com.apple.Terminal" { Accessibility = allowed } }
P
run check a.policy
policy <<'P'
warn disk { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed } }
P
"$GOPOL" profile a.policy --machine mac 2>/dev/null | grep -A1 'CodeRequirement\|Authorization'

row "4.3 unsafe pointers and PAC"
policy <<'P'
enforce mask { go.env { GOFLAGS = ["-gcflags=all=-d=checkptr=0"] } }
warn vet     { go.tool "staticcheck" { module = "honnef.co/go/tools/cmd/staticcheck"  version >= 2025.1 } }
P
run check a.policy
on m3-sonoma
run plan a.policy --machine mac

row "4.4 tracing tools"
on m4-tahoe-managed
policy <<'P'
enforce tools { brew.formula "delve" { version >= 1.25 }  brew.formula "graphviz" present }
warn gopls    { go.tool "gopls" { version >= 0.16 } }
P
run plan a.policy --machine mac

row "5 fast rollback: the policy as it was, applied again"
on m3-sonoma
env_file="mac/root/Users/dev/Library/Application Support/go/env"
policy <<'P'
enforce proxy { go.env { GOPROXY = "https://goproxy.corp.example,direct" } }
P
cp a.policy good.policy
run apply a.policy --machine mac --in-place
cp "$env_file" good
policy <<'P'
enforce proxy { go.env { GOPROXY = "https://goproxy-next.corp.example" } }
P
run apply a.policy --machine mac --in-place
run apply good.policy --machine mac --in-place
diff good "$env_file"

row "5 self-healing: drift is put right"
on m3-sonoma
cp good.policy a.policy
"$GOPOL" apply a.policy --machine mac --in-place >/dev/null 2>&1 </dev/null
sed -i 's/^GOPROXY=.*/GOPROXY=off/' "$env_file"
run plan a.policy --machine mac
run apply a.policy --machine mac --in-place
run plan a.policy --machine mac

row "5 compliance share: who is as the policy says"
share=0 all=0
on m3-sonoma
"$GOPOL" apply a.policy --machine mac --in-place >/dev/null 2>&1 </dev/null
for folder in mac "$machines"/*; do
  "$GOPOL" plan a.policy --machine "$folder" >/dev/null 2>&1 && share=$((share + 1))
  all=$((all + 1))
done
echo "$share of $all machines"

row "5 canary: rings"
on m3-sonoma
policy <<'P'
enforce canary { when machine.ring < 50   go.env { GOTOOLCHAIN = local } }
enforce rest   { when machine.ring >= 50  go.env { GOTOOLCHAIN = "auto" } }
P
run check a.policy
for mac in m1-ventura-clt m3-sonoma intel-sequoia; do
  on "$mac"
  facts machine.ring
  "$GOPOL" why go.env.GOTOOLCHAIN a.policy --machine mac | grep applies
done
