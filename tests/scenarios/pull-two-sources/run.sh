# Two sources meet as one policy; and what needs a signature.
. "$SOURCE/tests/scenarios/pulled_team.sh"
source_is
quietly pull
quietly source trust --yes
quietly pull
quietly apply --yes

echo "# two sources meet as one policy"
git init -q -b main own
printf 'gopol 1.0\nenforce mine { go.env { GOFLAGS = ["-trimpath"] } }\n' >own/dev.policy
git -C own add -A
dated 2024-06-01T10:00:00Z git -C own commit -q -m own
printf 's|%s|<own>|g\n' "$(git -C own rev-parse --short=7 HEAD)" >>names
signed_source '[[source]]' "url = \"$here/own\"" 'trust = "none"'
run plan
run pull
run plan
run pull
sed -i 's/"checked": "[^"]*"/"checked": "2024-06-01T00:00:00Z"/' "$HOME/.local/state/gopol/trust.json"
printf 'gopol 1.0\nenforce mine { go.env { GOPROXY = ["https://own.example"] } }\n' >own/dev.policy
dated 2024-06-02T10:00:00Z git -C own commit -q -a -m conflict
run pull
run pull
run source trust "$here/nowhere"
run source trust
run source forget

echo "# what anybody on the way could change needs a signature"
printf '[[source]]\nurl = "git://git.corp.example/team"\ntrust = "none"\n' >"$config"
run pull
