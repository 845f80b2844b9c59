#!/bin/sh
# eight.sh DIR GOROOT: a machine with eight resources, converged, and the same eight for gopol and cf-agent.
# The resources: a Go version behind a link, a folder, a link, four files with mode and content, three lines of a profile.
set -eu
dir=$1 goroot=$2
home=$dir/home
version=$(head -n 1 "$goroot/VERSION" | sed 's/^go//')
mkdir -p "$home/.local/share/gopol/go" "$home/.local/bin" "$home/.config/go" "$home/.config/tool" "$home/.config/environment.d"
ln -sfn "$goroot" "$home/.local/share/gopol/go/current"
chmod 755 "$home/.local/bin"
ln -sfn ../share/gopol/go/current/bin/go "$home/.local/bin/gotool"

file() { # file PATH MODE: content on standard input
  cat >"$home/$1"
  chmod "$2" "$home/$1"
}
printf 'GOPROXY=https://proxy.example.test,direct\nGOPRIVATE=*.corp.example.test\nGOTOOLCHAIN=local\n' | file .config/go/env 0644
printf '[tool]\nname = gopol\nlevel = strict\n' | file .config/tool/tool.conf 0640
printf 'http_proxy=http://127.0.0.1:3128\nno_proxy=localhost\n' | file .config/environment.d/50-proxy.conf 0644
printf 'golang %s\njq 1.6\n' "$version" | file .tool-versions 0644
{
  echo '# ~/.profile'
  i=0
  while [ $i -lt 40 ]; do
    printf '# line %s\n' $i
    i=$((i + 1))
  done
  printf 'export HTTPS_PROXY=http://127.0.0.1:3128\nexport NO_PROXY=localhost,127.0.0.1\nexport LC_TIME=C\n'
} | file .profile 0644

# escaped FILE: its text as a literal of both languages
escaped() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/$/\\n/' "$home/$1" | tr -d '\n'; }
raw() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' "$home/$1"; }

{
  printf 'gopol 1.0\nenforce eight {\n'
  printf '  go.toolchain "default" { version = %s  on_path = false }\n' "$version"
  printf '  directory "%s/.local/bin" { mode = "0755" }\n' "$home"
  printf '  symlink "%s/.local/bin/gotool" { target = "../share/gopol/go/current/bin/go" }\n' "$home"
  for pair in .config/go/env:0644 .config/tool/tool.conf:0640 .config/environment.d/50-proxy.conf:0644 .tool-versions:0644; do
    printf '  file "%s/%s" { mode = "%s"  content = "%s" }\n' "$home" "${pair%:*}" "${pair#*:}" "$(escaped "${pair%:*}")"
  done
  printf '  line "%s/.profile" { lines includes ["export HTTPS_PROXY=http://127.0.0.1:3128", "export NO_PROXY=localhost,127.0.0.1", "export LC_TIME=C"] }\n' "$home"
  printf '}\n'
} >"$dir/eight.policy"

{
  cat <<'P'
body common control { bundlesequence => { "main" }; }
body perms m(p) { mode => "$(p)"; rxdirs => "false"; }
body link_from sl(x) { source => "$(x)"; link_type => "symlink"; when_no_source => "force"; }
bundle agent main {
P
  printf ' vars:\n  "gov" string => execresult("%s/.local/share/gopol/go/current/bin/go version","noshell");\n' "$home"
  printf ' classes:\n  "go_ok" expression => regcmp(".*go%s .*","$(gov)");\n files:\n' "$version"
  printf '  "%s/.local/bin/." create => "true", perms => m("755");\n' "$home"
  printf '  "%s/.local/bin/gotool" link_from => sl("../share/gopol/go/current/bin/go"), move_obstructions => "true";\n' "$home"
  for pair in .config/go/env:644 .config/tool/tool.conf:640 .config/environment.d/50-proxy.conf:644 .tool-versions:644; do
    printf '  "%s/%s" create => "true", perms => m("%s"), content => "%s\n";\n' "$home" "${pair%:*}" "${pair#*:}" "$(raw "${pair%:*}")"
  done
  printf '  "%s/.profile" create => "true", edit_line => blk;\n}\nbundle edit_line blk {\n insert_lines:\n' "$home"
  printf '  "export HTTPS_PROXY=http://127.0.0.1:3128";\n  "export NO_PROXY=localhost,127.0.0.1";\n  "export LC_TIME=C";\n}\n'
} >"$dir/promises.cf"
chmod 600 "$dir/promises.cf"
