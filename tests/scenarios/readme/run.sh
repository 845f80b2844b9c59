# The README's policy gives the README's plan, and every command of its table exists.
awk '/^```/ { inside = !inside; n += inside; next } inside && n == 1' "$SOURCE/README.md" >go.policy
awk '/^\$ gopol plan/ { found = 1; next } /^```/ { found = 0 } found' "$SOURCE/README.md" >shown.txt
"$GOPOL" plan go.policy --machine "$SOURCE/examples/machines/m3-sonoma" >printed.txt
echo "exit $?"
diff shown.txt printed.txt && echo "the README shows what is printed"
"$GOPOL" fmt --check go.policy
for command in $(grep -oE '^\| `gopol [a-z]+' "$SOURCE/README.md" | awk '{print $3}' | tr -d '`') fmt explain version help; do
  "$GOPOL" help "$command" >help.txt && echo "gopol $command"
done
