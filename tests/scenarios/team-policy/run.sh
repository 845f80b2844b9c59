# A team's policy on top of its company's: import, parameters, extends, override, waive, claims, tests.
say() { echo "\$ gopol $*"; "$GOPOL" "$@"; echo "exit $?"; }
mac="$SOURCE/examples/machines/m3-sonoma"
mkdir company
cat >company/baseline.policy <<'E'
gopol 1.0
labels { team: [core, payments] }
profile laptop(tier: string = "laptop", mirror: string = "https://goproxy.corp.example") {
  owner "it"
  when  os.family in [macos, linux]
  enforce proxy {
    because "module paths stay inside, IT-7"
    go.env { GOPROXY = [mirror, direct] }
  }
  enforce flags {
    because "builds must be the same everywhere"
    go.env { GOFLAGS = ["-mod=readonly"] }
  }
  sealed warn sums {
    when    label.team == core
    because "SEC-1"
    go.env { GOSUMDB = "sum.golang.org" }
  }
  enforce big { when tier == "desktop"  because "big checkouts"  go.env { GOPRIVATE includes ["big.example/*"] } }
}
E
cat >team.policy <<'E'
gopol 1.0
import "company/baseline.policy" as company
let mine = "https://mirror.team.example"
profile dev extends company.laptop(tier = "desktop", mirror = mine) {
  owner "team"
  override flags { because "HELP-88: the linker needs it"  go.env { GOFLAGS = ["-trimpath"] } }
  enforce private { because "ours"  after big  go.env { GOPRIVATE includes ["git.team.example/*"] } }
}
waive dev.private until 2026-12-31 {
  when    cpu.arch == x86_64
  because "the old build machines, HELP-90"
  owner   "team"
}
assert ours { that go.env.GOPROXY[0] == mine  message "modules come from our mirror" }
cover go.env.GOPROXY when os.family == macos
assume os.family == macos because "nobody here has anything else"
test "a Mac" {
  given  fixture "mac.json" with { run.date = 2026-11-24 }
  expect rule dev.flags applies
  expect rule dev.private applies
  expect go.env.GOPRIVATE == ["big.example/*", "git.team.example/*"]
  expect converges in 1 pass
}
test "an Intel Mac keeps its waiver for a while" {
  given  fixture "mac.json" with { run.date = 2026-11-24, cpu.arch = x86_64 }
  expect rule dev.private waived
  expect go.env.GOPRIVATE == ["big.example/*"]
}
test "and then not" {
  given  fixture "mac.json" with { run.date = 2027-01-01, cpu.arch = x86_64 }
  expect rule dev.private applies
}
test "an unreadable proxy is never written" {
  given  fixture "mac.json" with { run.date = 2026-11-24, go.env.GOPROXY = unknown }
  expect rule dev.proxy unknown
}
E
say check team.policy
say facts --machine "$mac" --policy team.policy --record mac.json
say test team.policy
say test -v team.policy
say plan team.policy --machine "$mac"
say why go.env.GOFLAGS --machine "$mac" team.policy
say why go.env.GOPROXY --machine "$mac" team.policy
echo "# a test that fails says why"
cat >>team.policy <<'E'
test "wrong" {
  given  fixture "mac.json" with { run.date = 2026-11-24, os.family = linux }
  expect go.env.GOPROXY == direct
  expect rule dev.big skipped
  expect no changes
}
E
say test --only wrong team.policy
say test --only nothing team.policy
say test --format junit --only Mac team.policy
sed -i '/^test "wrong"/,$d' team.policy
say test --mutate team.policy
echo "# imports stay in the repository"
for path in ../out.policy /etc/passwd https://example.com/x.policy missing.policy std/none@1; do
  printf 'gopol 1.0\nimport "%s" as x\n' "$path" >bad.policy
  say check bad.policy
done
printf 'gopol 1.0\nimport "b.policy"\n' >a.policy
printf 'gopol 1.0\nimport "a.policy"\n' >b.policy
say check a.policy
