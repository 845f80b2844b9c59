# All that a policy can write in files, on each recorded machine: what `undo` takes back, in parts and as a whole, is as it
# was: every path with its type, mode, owner, names, extended attributes, ACL and content. Then gopol leaves.
cat >all.policy <<'P'
gopol 1.0
enforce files {
  because "r"
  owner   "p"
  directory "${user.home}/work/bin" { mode = "0750" }
  file "${user.home}/work/bin/tool" { content = "tool\n" mode = "0755" }
  file "${user.home}/work/shared" { content = "new\n" }
  file "${user.home}/work/gone" absent
  symlink "${user.home}/work/link" { target = "bin/tool" }
  line "${user.home}/.inputrc" { lines includes ["set bell-style none"] }
}
enforce roots {
  because "r"
  owner   "p"
  after   files
  file "/etc/gopol.d/note" { content = "welcome\n" mode = "0644" }
  file "/etc/team" { content = "new\n" }
}
enforce env {
  because "r"
  owner   "p"
  go.env {
    GOPROXY = ["https://goproxy.corp.example", direct]
    GOPRIVATE includes ["git.corp.example/*"]
    GONOSUMDB includes ["git.corp.example/*"]
  }
  go.telemetry { mode = off }
  git.config "init.defaultBranch" { value = "main" }
}
enforce shell {
  because "r"
  owner   "p"
  shell.profile "zsh" { EDITOR = "vim" }
  shell.profile "bash" { EDITOR = "vim" }
}
enforce old_go {
  because "r"
  owner   "p"
  go.toolchain "/usr/local/go" absent
}
P
tree() { # each path below mac/root, all that is known of it
  python3 - <<'P'
import hashlib, os
for folder, folders, names in os.walk("mac/root"):
    folders.sort()
    for name in sorted([*folders, *names]):
        path = os.path.join(folder, name)
        if name == "gopol" and "/.local/" in path + "/" or path.endswith("Application Support/gopol"):
            folders[:] = [one for one in folders if one != name]
            continue
        s = os.lstat(path)
        plain = os.path.isfile(path) and not os.path.islink(path)
        what = os.readlink(path) if os.path.islink(path) else hashlib.sha256(open(path, "rb").read()).hexdigest() if plain else ""
        more = [] if os.path.islink(path) else [(one, os.getxattr(path, one)) for one in sorted(os.listxattr(path))]
        print(oct(s.st_mode), s.st_uid, s.st_gid, s.st_nlink if plain else "", path, what, more)
P
}
furnish() { # what somebody has at home, with all that a file can have
  home=$(find mac/root/Users mac/root/home -mindepth 1 -maxdepth 1 -type d 2>/dev/null | grep -v Shared | head -1)
  etc=mac/root/etc
  [ ! -e mac/root/private/etc ] || etc=mac/root/private/etc
  mkdir -p "$home/work" "$home/.local/state" "$home/Library/Application Support" mac/root/usr/local/go/bin "$etc/paths.d"
  echo shared >"$home/work/shared" && chmod 0640 "$home/work/shared" && ln "$home/work/shared" "$home/work/same"
  echo gone >"$home/work/gone" && chmod 0604 "$home/work/gone"
  ln -s nowhere "$home/work/link"
  printf '# mine\nset editing-mode vi' >"$home/.inputrc"
  echo 'old' >"$etc/team" && ln "$etc/team" "$etc/team.same"
  printf 'go1.19.13\n' >mac/root/usr/local/go/VERSION
  cp "$SOURCE/examples/machines/m3-sonoma/root/opt/homebrew/opt/go/libexec/bin/go" mac/root/usr/local/go/bin/go
  echo /usr/local/go/bin >"$etc/paths.d/go"
  python3 - "$home/work" <<'P'
import os, struct, sys
acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in ((1, 6, 2**32 - 1), (2, 4, 4321), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1), (32, 0, 2**32 - 1)))
for name, key, value in (("gone", "user.note", b"mine"), ("shared", "user.note", b"mine too"), ("gone", "system.posix_acl_access", acl)):
    try:
        os.setxattr(f"{sys.argv[1]}/{name}", key, value)
    except OSError:
        pass  # a file system without them: nothing to lose
P
}
gopol() { # what it says, if it ends otherwise
  want=$1
  shift
  "$GOPOL" "$@" --machine mac --in-place </dev/null >said.txt 2>&1
  code=$?
  [ "$code" = "$want" ] || { echo "gopol $* ended with $code"; cat said.txt; }
}
same() { tree | diff "$1" - >differs.txt && echo "  $2: as before" || { echo "  $2:"; cat differs.txt; }; }
apply() { gopol "${1:-0}" apply --yes --unsigned --end-holds --break all.policy; }
for machine in "$SOURCE/examples/machines"/*; do
  rm -rf mac
  cp -R "$machine" mac
  chmod -R u+w mac
  sed -i '/^sudo = /d; s/^uid = /sudo = "granted"\n&/' mac/machine.toml
  furnish
  tree >before.txt
  apply
  tree >applied.txt
  echo "${machine##*/}: $(diff before.txt applied.txt | grep -c '^[<>]') differences"
  gopol 0 undo --yes
  same before.txt undo
  apply
  same applied.txt "applied again"
  gopol 0 undo --yes env
  gopol 0 undo --yes 'file["/etc/team"].content'
  gopol 0 undo --yes shell
  tree | diff applied.txt - | grep -c '^[<>]' | sed 's/^/  undo of two rules and a slot: /'
  gopol 0 undo --yes old_go
  gopol 0 undo --yes files
  gopol 0 undo --yes roots
  same before.txt "rule by rule"
  apply
  gopol 0 leave --yes
  same before.txt leave
  find mac/root -name gopol -o -name '.gopol-*' | grep -v /bin/
done
