#!/bin/bash
# What root made goes back through root: root_undo.sh GOPOL. As root.sh.
. "$(dirname "$(realpath "$0")")/root_bed.sh"

team <<P
enforce one { file "$work/etc/one" { content = "one\n" } }
enforce two { after one  directory "$work/etc/two" { mode = "0755" } }
enforce three { after two  file "$work/etc/two/three" { content = "three\n" mode = "0644" } }
enforce behind { after three  file "\${user.home}/behind" { content = "behind\n" } }
P
undone() { # what root made goes back through root, behind one password
  fresh || return 1
  chgrp crew etc/one
  chmod 664 etc/one
  as_it_was=$(stat -c '%U %G %a' etc/one)
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  [ "$(cat etc/one)" = one ] || return 1
  heard 0 with_password ./as_dev "$gopol" undo || return 1
  asked 1 && says 'as root, after one question of sudo:' && says "   $work/etc/two/three" && root_is_untouched || return 1
  [ "$(stat -c '%U %G %a' etc/one)" = "$as_it_was" ] && home_is_devs && no_litter
}
undo_waits() {
  fresh || return 1
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  heard 2 at_terminal --answer 'password of dev' wrong ./as_dev "$gopol" undo || return 1
  asked 2 && says "file \"$work/etc/one\": waits for an administrator, sudo refused" || return 1
  [ "$(cat etc/one)" = one ] && [ -e etc/two/three ] && [ ! -e home/behind ] && home_is_devs
}
expect "undo: what root made goes back through root, behind one password" undone
expect "undo: a wrong password leaves what root made, the rest goes back" undo_waits
closed_undone() { # what its user may not even read
  fresh || return 1
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  is root 600 etc/closed && [ -d etc/deep/er ] || return 1
  heard 0 with_password ./as_dev "$gopol" undo || return 1
  [ ! -e etc/closed ] && [ ! -e etc/deep ] && [ "$(cat etc/one)" = 'one of old' ] || { ls -lR etc; return 1; }
  [ "$(stat -c '%U %a' etc/one)" = 'root 644' ] && home_is_devs && no_litter || return 1
  # Changed since, which only root sees.
  heard 0 with_password ./as_dev "$gopol" apply --end-holds || return 1
  echo 'by root' >>etc/closed
  heard 3 with_password ./as_dev "$gopol" undo || return 1
  says 'is not as gopol left it any more' && grep -q 'by root' etc/closed
}
team <<P
enforce closed {
  file "$work/etc/closed" { content = "closed\n" mode = "0600" }
  file "$work/etc/one" { content = "one\n" mode = "0600" }
  file "$work/etc/deep/er/closed" { content = "closed\n" mode = "0600" }
}
P
expect "undo: a file of root's that its user may not read" closed_undone

team <<P
enforce shared { file "$work/etc/one" { content = "one\n" } }
enforce gone { after shared  file "$work/etc/old" absent }
P
names_undone() { # what is one file under two names is so again
  fresh || return 1
  echo 'old' >etc/old
  ln etc/one etc/same && ln etc/old etc/older
  nodes=$(stat -c %i etc/same etc/older)
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  [ "$(cat etc/one etc/same)" = "$(printf 'one\none of old')" ] && [ ! -e etc/old ] || return 1
  [ "$(find $kept/kept/$user -type f -user root | wc -l)" = 2 ] && [ "$(stat -c '%U %a' $kept/kept/$user)" = 'root 700' ] || return 1
  heard 0 with_password ./as_dev "$gopol" "$@" || return 1
  [ "$(stat -c %i etc/one etc/old)" = "$nodes" ] && [ "$(stat -c '%h %U' etc/one)" = '2 root' ] || { ls -li etc; return 1; }
  [ ! -e $kept/kept/$user ] && no_litter && home_is_devs
}
names_left() { # written to since, so it is not put back: what root kept goes with leave, behind a password
  fresh || return 1
  ln etc/one etc/same
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  echo 'by root' >>etc/same
  heard 2 at_terminal --answer 'password of dev' wrong ./as_dev "$gopol" leave || return 1
  [ -e $kept/kept/$user ] && [ -e home/.local/state/gopol/journal.jsonl ] || return 1
  heard 0 with_password ./as_dev "$gopol" leave && [ ! -e $kept/kept/$user ] && [ ! -e home/.local/state/gopol ] || return 1
  [ "$(cat etc/one)" = 'one of old' ] && grep -q 'by root' etc/same && no_litter && home_is_devs
}
if [ "$(stat -c %d /var/lib)" = "$(stat -c %d "$work")" ]; then # else bytes alone are kept
  expect "undo: a file of root's is again the one that has another name" names_undone undo
  expect "leave: so it is, and root keeps nothing" names_undone leave
  expect "leave: what root keeps goes through root" names_left
fi

tree() { # home and etc: all that is known of each path, gopol's own folders aside
  python3 - <<'P'
import hashlib, os
for top in ("home", "etc"):
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if not f"{folder}/{one}".startswith(("home/.local", "home/.cache")))
        for name in sorted([*folders, *names]):
            path = os.path.join(folder, name)
            s, link = os.lstat(path), os.path.islink(path)
            plain = os.path.isfile(path) and not link
            what = os.readlink(path) if link else hashlib.sha256(open(path, "rb").read()).hexdigest() if plain else ""
            more = [] if link else [(one, os.getxattr(path, one)) for one in sorted(os.listxattr(path))]
            print(oct(s.st_mode), s.st_uid, s.st_gid, s.st_nlink if plain else "", path, what, more)
P
}
furnished() { # a home that is lived in
  fresh || return 1
  mkdir -p home/bin home/.ssh home/work etc/deep
  printf '[user]\n\tname = Dev\n' >home/.gitconfig
  printf 'Host *\n' >home/.ssh/config && chmod 600 home/.ssh/config && chmod 700 home/.ssh
  echo shared >home/work/shared && ln home/work/shared home/work/same
  echo gone >home/work/gone && chmod 0604 home/work/gone
  printf 'set editing-mode vi' >home/.inputrc # no line end
  ln -s nowhere home/work/link
  ln etc/one etc/same && echo old >etc/old && chgrp crew etc/old && chmod 0664 etc/old
  chown -hR $user:$user home
  python3 - <<'P'
import os, struct
acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in ((1, 6, 2**32 - 1), (2, 4, 4321), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1), (32, 4, 2**32 - 1)))
for path in ("home/work/gone", "home/work/shared", "etc/old", "etc/one"):
    for key, value in (("user.note", b"mine"), ("system.posix_acl_access", acl)):
        try:
            os.setxattr(path, key, value)
        except OSError:
            pass  # a file system without them: nothing to lose
P
}
exact() { # exact COMMAND: of gopol, takes all back
  furnished || return 1
  tree >before
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  asked 1 && [ "$(tree | diff before - | grep -c '^[<>]')" -gt 20 ] || return 1
  heard 0 with_password ./as_dev "$gopol" "$1" || return 1
  asked 1 && tree | diff before -
}
team <<P
enforce mine {
  directory "\${user.home}/bin" { mode = "0750" }
  file "\${user.home}/bin/new/tool" { content = "tool\n" mode = "0755" }
  file "\${user.home}/work/shared" { content = "new\n" }
  file "\${user.home}/work/gone" absent
  symlink "\${user.home}/work/link" { target = "shared" }
  line "\${user.home}/.inputrc" { lines includes ["set bell-style none"] }
  file "\${user.home}/.ssh/config" { mode = "0640" }
}
enforce roots {
  after mine
  file "$work/etc/one" { content = "one\n" mode = "0644" }
  file "$work/etc/old" absent
  file "$work/etc/deep/er/new" { content = "new\n" mode = "0644" }
}
enforce tools {
  go.env { GOPROXY = ["https://goproxy.corp.example", direct]  GOPRIVATE includes ["git.corp.example/*"] }
  git.config "init.defaultBranch" { value = "main" }
  go.telemetry { mode = off }
  shell.profile "bash" { EDITOR = "vim" }
  path { first = "\${user.home}/bin" }
}
P
expect "undo: a home that is lived in, and root's files, to the last attribute" exact undo
expect "leave: the same" exact leave
verdict
