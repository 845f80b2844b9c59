# The article on Go and macOS: hooks, what needs a permission, tracing.
. "$SOURCE/tests/scenarios/article.sh"

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
