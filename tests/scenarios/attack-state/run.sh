# What lies on the machine is changed behind gopol's back: it notices.
. "$SOURCE/tests/scenarios/signed_repo.sh"
state=$HOME/.local/state/gopol
key ann
may_sign ann
team
signed_source
run pull
run apply --yes
machine >before
holds() { machine | cmp -s - before && echo "the machine is as it was" || echo "THE MACHINE WAS CHANGED"; }

echo "# the bundle is replaced, the trust floor is not"
cp -R "$state" saved
sed -i 's/one.example/evil.example/' "$state"/policies/*.json
run plan
run apply --yes
run source status
run pull
run plan
cp saved/policies/* "$state/policies/"
echo "# the bundle is gone"
rm "$state"/policies/*
run plan
run pull
echo "# the trust floor is gone, or no such thing"
mv "$state/trust.json" saved.json
run plan
echo '{}' >"$state/trust.json"
run apply --yes
mv saved.json "$state/trust.json"
run plan
holds

echo "# the clock is set back: what was seen is later than now"
cp "$state/trust.json" saved.json
sed -i 's/"latest": "[^"]*"/"latest": "2199-01-01T00:00:00Z"/' "$state/trust.json"
"$GOPOL" plan 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
"$GOPOL" pull 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
"$GOPOL" apply --yes >/dev/null 2>&1
echo "exit $?"
cp saved.json "$state/trust.json"
echo "# the server was last heard long ago"
sed -i 's/"checked": "[^"]*"/"checked": "2024-06-01T00:00:00Z"/' "$state/trust.json"
"$GOPOL" plan 2>&1 | sed -E 's/heard [0-9]+ d/heard MANY d/'
mv team team.away
"$GOPOL" pull 2>&1 | sed -E 's/heard [0-9]+ d/heard MANY d/'
mv team.away team
run pull
run plan
holds
