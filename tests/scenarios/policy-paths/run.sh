# What a policy on this machine names is read as strictly as what is pulled: no link that leads out, nothing of `.git`, no `..`,
# no pipe, no device, by any command that reads one; nothing is changed, and no secret shows.
mkdir -p team && cd team && git init -q .
echo "one-line-token" >../secret
printf '[remote "origin"]\n\turl = https://ci:one-line-token@corp.example/x\n' >>.git/config
ln -s ../secret out.policy
ln -s ../secret out
ln -s .. up
ln -s ../../secret .git/gopol.policy
mkfifo pipe pipe.policy
ln -s real.policy inner.policy
echo text >beside
ln -s beside within
printf 'gopol 1.0\nenforce f { file "${user.home}/x" { from = "beside" } }\n' >real.policy
names() { # names NAME: a policy with a file from there, and one that imports it
  printf 'gopol 1.0\nenforce f { file "${user.home}/x" { from = "%s" } }\n' "$1" >from.policy
  printf 'gopol 1.0\nimport "%s" as other\nenforce f { go.env { GOPROXY = [off] } }\n' "$1" >import.policy
}
state() { find . "$HOME" ! -name '*.policy' -printf '%p %T@ %s %l\n' | LC_ALL=C sort; }
try() { # try SHOWN COMMAND...: its exit code, and whether it showed or changed anything, onto `line`
  shown=$1
  shift
  state >../before
  code=0
  timeout 20 "$GOPOL" "$@" </dev/null >../said 2>&1 || code=$?
  state >../after
  line="$line $shown $code"
  ! grep -q one-line-token ../said || line="$line SHOWN"
  cmp -s ../before ../after || line="$line CHANGED"
}
mac=$SOURCE/examples/machines/m3-sonoma
each() { # each WHAT FILE...: by every command; exit codes in a line
  what=$1
  shift
  for file in "$@"; do
    line="$what $file:"
    for command in "check" "plan" "plan --json" "apply --yes --unsigned" "test" "test --mutate" "why go.env.GOPROXY" "why module a.example/m" \
      "profile --machine $mac" "diff real.policy" "facts --policy" "check --fix" "fmt" "fmt --check"; do
      case $command:$file in fmt*:from.policy | fmt*:import.policy | *--fix:inner* | fmt:inner*) continue ;; esac
      # shellcheck disable=SC2086 # words
      shown=${command%% --yes*}
      try "${shown%% --machine*}" $command "$file"
    done
    try "diff, as the old one" diff "$file" real.policy
    try guide guide 'tcc.grant["com.apple.Terminal"].SystemPolicyAllFiles' "$file" --machine "$mac"
    echo "$line"
  done
}
echo "# the policy itself"
each link-out out.policy
each git .git/gopol.policy
each pipe pipe.policy
each device /dev/zero
each inner-link inner.policy
for name in out up/secret .git/config ../secret pipe /dev/zero; do
  names "$name"
  each "$name" from.policy import.policy
done
echo "# what is named beside a policy: facts to plan on, a fixture of a test, a file to write"
ln -s "$HOME" home
printf 'gopol 1.0\nenforce f { go.env { GOPROXY = [off] } }\n' >import.policy
printf 'gopol 1.0\nwarn t { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed } }\n' >grants.policy
for name in out .git/config ../secret pipe /dev/zero home/none.policy; do
  line="$name:"
  try "plan --facts" plan real.policy --facts "$name"
  printf 'gopol 1.0\nenforce f { go.env { GOPROXY = [off] } }\ntest "t" { given fixture "%s" expect no changes }\n' "$name" >fixture.policy
  try "test, a fixture" test fixture.policy
  case $name in ../secret | /dev/zero) ;; *)
    try "import -o" import -o "$name"
    try "facts --record" facts go.env.GOPROXY --record "$name"
    try "plan --out" plan import.policy --out "$name"
    try "profile -o" profile grants.policy --machine "$mac" -o "$name" ;;
  esac
  echo "$line"
done
echo "# a link that stays within"
names within
"$GOPOL" plan from.policy >/dev/null 2>&1
echo "exit $?"
echo "# names that look like options"
printf 'gopol 1.0\n' >'--fix.policy'
printf 'gopol 1.0\n' >'--machine=evil.policy'
GOPOL=$GOPOL "$SOURCE/share/ci/check.sh" '--fix.policy' '--machine=evil.policy' 2>&1
echo "exit $?"
