# What an apply did to each recorded machine is taken back, to the byte: every path with its type, mode, owner, number of
# names, extended attributes and content is as it was, but gopol's own folders and what has no way back.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"

tree() { # each path below mac/root
  (cd mac/root && find . -path '*/gopol/*' -prune -o -path '*/gopol' -prune -o -type d -printf '%y %m %U:%G %p\n' \
    -o -printf '%y %m %U:%G %n %p %l\n' | sort | sed "s/ $(id -u):$(id -g) / mine /"
    find . -path '*/gopol/*' -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
  python3 - <<'P'
import os
for folder, _, files in sorted(os.walk("mac/root")):
    for name in sorted(files):
        path = os.path.join(folder, name)
        if "/gopol/" in path or os.path.islink(path):
            continue
        for one in os.listxattr(path):
            print(path, one, os.getxattr(path, one))
P
}
marked() { # go's own settings, as somebody keeps them
  file=$(find mac/root -path '*/go/env' -not -path '*/gopol/*' | head -1)
  [ -n "$file" ] || return 0
  chmod 0640 "$file"
  python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.note", b"mine")' "$file" 2>/dev/null || true
}
quiet() { "$GOPOL" "$@" </dev/null >said.txt 2>&1; echo "exit $?"; }
for machine in "$machines"/*; do
  name=${machine##*/}
  case $name in intel-*) policy_for amd64 >fleet.policy ;; *) policy_for arm64 >fleet.policy ;; esac
  fresh "$name" "apply, undo"
  marked
  tree >before.txt
  # m3-goldengate has no Library yet: gopol's own folder, which stays, is below it.
  quiet apply --yes --unsigned fleet.policy --machine mac --in-place
  tree | diff before.txt - | grep -c '^[<>]'
  run undo --yes --machine mac --in-place
  tree | diff before.txt - && echo "as before"
done
