# What an apply did to each recorded machine is taken back, to the byte: every path with its type, mode and content is as
# it was, but gopol's own folders and what has no way back.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"

tree() { # each path below mac/root with type, mode and content
  (cd mac/root && find . -path '*/gopol/*' -prune -o -path '*/gopol' -prune -o -printf '%y %m %p %l\n' | sort
    find . -path '*/gopol/*' -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
}
quiet() { "$GOPOL" "$@" </dev/null >said.txt 2>&1; echo "exit $?"; }
for machine in "$machines"/*; do
  name=${machine##*/}
  case $name in intel-*) policy_for amd64 >fleet.policy ;; *) policy_for arm64 >fleet.policy ;; esac
  fresh "$name" "apply, undo"
  tree >before.txt
  # m3-goldengate has no Library yet: gopol's own folder, which stays, is below it.
  quiet apply fleet.policy --machine mac --in-place
  tree | diff before.txt - | grep -c '^[<>]'
  run undo --machine mac --in-place
  tree | diff before.txt - && echo "as before"
done
