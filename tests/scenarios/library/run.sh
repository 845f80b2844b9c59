# The shipped library: every part checks, is formatted, and its tests notice what is changed in it.
cd "$SOURCE/policies"
"$GOPOL" check std/*.policy
"$GOPOL" fmt --check std/*.policy tests/*.policy
for policy in tests/*.policy; do "$GOPOL" test --mutate "$policy"; done | tee "$HOME/said.txt"
awk '/mutants:/ { noticed += $3; missed += $5 }
     END { score = 100 * noticed / (noticed + missed); print (score >= 95 ? "at least" : "below") " 95 % of the mutants are noticed" }' \
  "$HOME/said.txt"
