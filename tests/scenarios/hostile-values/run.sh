# Policies that try to get out of their line, their file, or their rights.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
policy() { printf 'gopol 1.0\n%s\n' "$1" >p.policy; cat p.policy | tail -n +2; run apply p.policy --yes --unsigned; }
mkdir -p "$HOME/.config/go"
echo GOVCS=public:git >"$HOME/.config/go/env"
policy 'enforce a { go.env { CGO_CFLAGS = "-I${user.home}\nGOFLAGS=-toolexec=/tmp/x" } }'
policy 'enforce a { go.env { GOPRIVATE includes ["${user.name}\nGOFLAGS=-toolexec=/tmp/x"] } }'
policy 'enforce a { go.env { GOPROXY = ["https://x/${user.name}\nGOFLAGS=-toolexec=/tmp/x", direct] } }'
policy 'enforce a { go.env { GOVCS matches "x*" } }'
policy 'enforce a { go.env { GOVCS in [] } }'
policy 'enforce a { go.toolchain "default" { version = 1.22.2  source in [] } }'
policy 'enforce a { go.env { GOFLAGS includes ["-exec=/tmp/x"] } }'
policy 'enforce a { go.env { GOFLAGS includes ["--toolexec=/tmp/x"] } }'
policy 'enforce a { go.env { PKG_CONFIG = "/tmp/x"  GOROOT = "/tmp/evil" } }'
cat "$HOME/.config/go/env"
echo mine >"$HOME/x"
policy 'enforce a { file "${user.home}/x" absent } enforce b { file "${user.home}/./x" { mode = "0644" } }'
cat "$HOME/x"
policy 'enforce a { when go.env.GONOPROXY is absent  go.env { GOPRIVATE includes ["x/*"] } }'
policy 'labels { team: [go, core] } enforce a { when label.team == go  go.env { GOVCS = "public:off" } }'
printf '[labels]\nteam = "cor"\n' >"$HOME/.config/gopol.toml"
GOPOL_CONFIG="$HOME/.config/gopol.toml" "$GOPOL" plan p.policy
