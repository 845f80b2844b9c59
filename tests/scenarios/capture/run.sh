# A capture answers as the machine that it was taken of: what doctor, plan, facts and why print of both is compared. What
# nobody asked when it was taken is unknown, and nothing is written. Secrets of all kinds are not in it.
policy=$SOURCE/examples/mac-go.policy
same() { # same MACHINE CAPTURE COMMAND...: with the exit code
  machine=$1 capture=$2
  shift 2
  said=0; "$GOPOL" "$@" --machine "$machine" >there.txt 2>&1 || said=$?; echo "exit $said" >>there.txt
  said=0; "$GOPOL" "$@" --machine "$capture" >here.txt 2>&1 || said=$?; echo "exit $said" >>here.txt
  cmp -s there.txt here.txt || { echo "differs: $1 $2"; diff there.txt here.txt | head -n 10; }
}
for machine in "$SOURCE"/examples/machines/*/; do
  name=$(basename "$machine")
  echo "=== $name"
  "$GOPOL" capture "$name.capture" --machine "$machine" --policy "$policy" | sed 's/^[0-9]*/N/; s/[0-9]* KB/N KB/'
  same "$machine" "$name.capture" doctor -v
  same "$machine" "$name.capture" doctor --json
  same "$machine" "$name.capture" facts
  same "$machine" "$name.capture" plan -v "$policy"
  same "$machine" "$name.capture" plan --json "$policy"
  same "$machine" "$name.capture" why go
  for slot in go.env.GOPROXY 'go.toolchain["default"].version' xcode.clt.version; do
    same "$machine" "$name.capture" why "$slot" "$policy"
  done
done

echo "=== not asked, not written"
echo 'warn other { file "/etc/other" present }' >other.policy
"$GOPOL" plan other.policy --machine m3-sonoma.capture; echo "exit $?"
"$GOPOL" apply --yes --unsigned "$policy" --machine m3-sonoma.capture; echo "exit $?"
ls -l m3-sonoma.capture | cut -c1-10

echo "=== no capture"
echo '{"gopol_capture": 2, "answers": {}}' >later.capture
echo '{' >damaged.capture
echo '{"gopol_capture": 1, "answers": {}}' >empty.capture
for file in later damaged empty none; do "$GOPOL" doctor --machine $file.capture; echo "exit $?"; done
