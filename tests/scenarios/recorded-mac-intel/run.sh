# A recorded Intel Mac: what gopol reads of it, what it finds there, and what one policy for all makes of it.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"

fresh intel-sequoia "goenv, and no key of Apple silicon"
policy_for amd64 >fleet.policy
look 'go.toolchain["/Users/dev/.goenv/versions/1.22.5"].arch' 'brew.formula["delve"].arch'
run why go old --machine mac
converge
run why go --machine mac
printf 'gopol 1.0\nenforce tools { brew.formula "golangci-lint" present  xcode.clt { version >= 26 } }\n' >tools.policy
run plan tools.policy --machine mac
outcome apply --yes --unsigned tools.policy --machine mac --in-place
run facts --machine mac xcode.clt.receipt xcode.clt.sdks 'brew.formula["golangci-lint"].arch'
printf 'gopol 1.0\nenforce old_tools { os.rosetta present }\n' >rosetta.policy
run plan rosetta.policy --machine mac
