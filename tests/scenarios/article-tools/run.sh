# The article on Go and macOS: Homebrew, modules, Command Line Tools.
. "$SOURCE/tests/scenarios/article.sh"

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
run apply --yes --unsigned a.policy --machine mac --in-place
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
run apply --yes --unsigned a.policy --machine mac --in-place
facts xcode.select.why xcode.sdk.versions xcode.sdk.path
