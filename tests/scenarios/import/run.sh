# A policy that describes a machine: it checks, it is formatted, and a plan of it is empty.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
for name in m3-sonoma linux-dev; do
  run import --machine "$SOURCE/examples/machines/$name" --output "$name.policy"
  cat "$name.policy"
  run check "$name.policy"
  run fmt --check "$name.policy"
  run plan "$name.policy" --machine "$SOURCE/examples/machines/$name"
done
echo "# what a text may hold"
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
printf 'GOFLAGS=-ldflags=-X=a.b=$HOME -tags="quoted"\nGOPRIVATE=a"b,c\\d\nGOPROXY=https://a.example|direct\nGOPATH=/Users/dev/go\n' \
  >"mac/root/Users/dev/Library/Application Support/go/env"
run import --machine mac --output odd.policy
cat odd.policy
run plan odd.policy --machine mac
run import --machine nowhere
