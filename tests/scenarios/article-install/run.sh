# The article on Go and macOS: installing and building.
. "$SOURCE/tests/scenarios/article.sh"

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
run apply --yes --unsigned a.policy --machine mac --in-place
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
run apply --yes --unsigned a.policy --machine mac --in-place

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
run apply --yes --unsigned a.policy --machine mac --in-place
run plan a.policy --machine mac

row "1 lipo -info, native check"
on m2-sequoia-mixed-brew
cp "$SOURCE/tests/data/tcc/codesig/arm64-linker-signed.macho" mac/root/opt/homebrew/bin/tool
cp "$SOURCE/tests/data/tcc/codesig/x86_64-unsigned.macho" mac/root/usr/local/bin/tool
policy <<'P'
warn native { for tool in ["/opt/homebrew/bin/tool", "/usr/local/bin/tool"] { binary tool { arch = ["arm64"]  signed = true } } }
P
run plan a.policy --machine mac
