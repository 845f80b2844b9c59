# A policy that checks which Go really runs where a team works.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
mkdir -p mac/root/Users/dev/shop
cat >team.policy <<'P'
gopol 1.0
warn shop_go {
  because "CI builds the shop with 1.23"
  owner   "shop"
  go.effective "${user.home}/shop" {
    version    in 1.23.0 ..< 1.24
    decided_by in ["go.mod", "go.work"]
    source     in [local, path, cache]
  }
}
P
run check team.policy
run plan team.policy --machine mac
printf 'module example.com/shop\n\ngo 1.23.1\n' >mac/root/Users/dev/shop/go.mod
run plan team.policy --machine mac
run facts --machine mac 'go.effective["/Users/dev/shop"].version' 'go.effective["/Users/dev/shop"].decided_by' 'go.effective["/Users/dev/shop"].path'
cache="mac/root/Users/dev/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.1.darwin-arm64/bin"
mkdir -p "$cache"
: >"$cache/go"
run plan team.policy --machine mac
printf 'eval "$(corp-path)"\n' >>mac/root/Users/dev/.zprofile
run plan team.policy --machine mac
echo "# nobody can set it"
sed 's/^warn/enforce/' team.policy >set.policy
run check set.policy
