# What is written and does not reach a terminal is defeated; gopol's block goes where it is in force.
machine() { # NAME: a copy of a recorded machine, for its own lines
  cp -R "$SOURCE/examples/machines/m3-sonoma" "$1" && chmod -R u+w "$1"
}
say() { printf '%s\n' "$@"; }

cat >go.policy <<'EOF'
gopol 1.0
enforce modules { go.env { GOPROXY = ["https://goproxy.corp.example", direct]  GOFLAGS includes ["-mod=mod"] } }
warn noted { go.env { GOSUMDB = "off" } }
EOF
echo "--- a line of ~/.zshrc hides what the env file says"
machine hidden
say 'export GOPROXY=direct' 'export GOSUMDB=sum.golang.org' >>hidden/root/Users/dev/.zshrc
"$GOPOL" apply go.policy --machine hidden --in-place --unsigned --yes
"$GOPOL" apply go.policy --machine hidden --in-place --unsigned --yes >/dev/null 2>&1; echo "apply: exit $?"
"$GOPOL" plan go.policy --machine hidden; echo "plan: exit $?"
"$GOPOL" why go.env.GOPROXY go.policy --machine hidden
"$GOPOL" facts go.env.GOPROXY --machine hidden
"$GOPOL" doctor --machine hidden | grep GOPROXY
"$GOPOL" plan go.policy --machine hidden --json | sed -n '/"in_force"/,/\]/p; /"defeated"/p'
"$GOPOL" facts --machine hidden --record facts.json && "$GOPOL" plan go.policy --facts facts.json | grep -A1 GOPROXY

cat >path.policy <<'EOF'
gopol 1.0
enforce first { path { first = "/opt/homebrew/bin" } }
enforce proxy { shell.profile "zsh" { GOPROXY = "https://goproxy.corp.example,direct" } }
EOF
echo "--- a terminal puts another go first: the block stands in the rc file too"
machine rc
say 'export GOPROXY=direct' 'export PATH=/usr/local/go/bin:$PATH' >>rc/root/Users/dev/.zshrc
cp -R rc/root/Users/dev before
"$GOPOL" apply path.policy --machine rc --in-place --unsigned --yes; echo "apply: exit $?"
tail -n 8 rc/root/Users/dev/.zshrc
"$GOPOL" plan path.policy --machine rc; echo "plan: exit $?"
"$GOPOL" undo --machine rc --in-place --yes | tail -n 1
for file in .zprofile .zshrc; do cmp before/$file rc/root/Users/dev/$file && echo "$file is as it was"; done

echo "--- nobody can tell"
machine untold
say 'eval "$(corp-setup)"' >>untold/root/Users/dev/.zshrc
"$GOPOL" apply go.policy --machine untold --in-place --unsigned --yes
"$GOPOL" plan go.policy --machine untold; echo "plan: exit $?"
"$GOPOL" plan go.policy --machine untold --strict >/dev/null; echo "strict: exit $?"

cat >fish.policy <<'EOF'
gopol 1.0
enforce first { path { first = "/opt/homebrew/bin" } }
enforce proxy { shell.profile "fish" { GOPROXY = "https://goproxy.corp.example,direct" } }
EOF
echo "--- fish reads conf.d before config.fish: a block from there moves"
machine fish
sed 's|^shell = .*|shell = "/opt/homebrew/bin/fish"|' fish/machine.toml >toml && mv toml fish/machine.toml
mkdir -p fish/root/Users/dev/.config/fish/conf.d
say 'set -gx GOPROXY direct' >fish/root/Users/dev/.config/fish/config.fish
say '# >>> gopol path >>>' "set -gx PATH '/opt/homebrew/bin' \$PATH" '# <<< gopol path <<<' \
  >fish/root/Users/dev/.config/fish/conf.d/gopol.fish
"$GOPOL" apply fish.policy --machine fish --in-place --unsigned --yes; echo "apply: exit $?"
cat fish/root/Users/dev/.config/fish/config.fish; ls fish/root/Users/dev/.config/fish/conf.d
"$GOPOL" plan fish.policy --machine fish; echo "plan: exit $?"
"$GOPOL" undo --machine fish --in-place --yes | tail -n 1
cat fish/root/Users/dev/.config/fish/config.fish fish/root/Users/dev/.config/fish/conf.d/gopol.fish
