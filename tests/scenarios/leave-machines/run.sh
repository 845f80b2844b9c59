# gopol leaves each recorded machine: what it did is taken back, and nothing that is its own stays.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"
for machine in "$machines"/*; do
  name=${machine##*/}
  case $name in intel-*) policy_for amd64 >fleet.policy ;; *) policy_for arm64 >fleet.policy ;; esac
  fresh "$name" "apply, leave"
  (cd mac/root && find . -not -type d -printf '%y %m %p %l\n' | sort) >before.txt
  "$GOPOL" apply --yes --unsigned fleet.policy --machine mac --in-place </dev/null >/dev/null 2>&1
  "$GOPOL" leave --yes --purge --machine mac --in-place </dev/null >said.txt 2>&1
  echo "exit $?"
  grep -E ' x |records|keeps nothing' said.txt
  (cd mac/root && find . -not -type d -printf '%y %m %p %l\n' | sort) | diff before.txt - | grep -v CommandLineTools | grep '^[<>]'
  find mac/root -name gopol -not -path '*/bin/*'
done
