# A converged machine is checked without starting a process, and only files that the policy needs are opened.
command -v strace >/dev/null && strace -o trace.txt true 2>/dev/null || { echo "skipped: no strace here"; exit 77; }
export ASAN_OPTIONS=detect_leaks=0
mkdir -p root/go/bin "$HOME/.config/go" "$HOME/.local/share/gopol/go" "$HOME/bin"
printf 'go1.22.2\ntime 2024-03-29T00:00:00Z\n' >root/go/VERSION
head -c 64 "$GOPOL" >root/go/bin/go
chmod 755 root/go/bin/go "$HOME/bin"
ln -s "$PWD/root/go" "$HOME/.local/share/gopol/go/current"
ln -s /nowhere "$HOME/bin/tool"
printf 'GOPROXY=https://a.example\nGOTOOLCHAIN=local\n' >"$HOME/.config/go/env"
printf 'x = 1\n' >"$HOME/tool.conf"
printf '# profile\nexport LC_TIME=C\n' >"$HOME/.profile"
chmod 644 "$HOME/tool.conf"
cat >eight.policy <<'P'
gopol 1.0
enforce eight {
  go.toolchain "default" { version = 1.22.2  on_path = false }
  go.env { GOPROXY = ["https://a.example"]   GOTOOLCHAIN = local   unset GOROOT }
  directory "${user.home}/bin" { mode = "0755" }
  symlink "${user.home}/bin/tool" { target = "/nowhere" }
  file "${user.home}/tool.conf" { content = "x = 1\n"   mode = "0644" }
  line "${user.home}/.profile" { lines includes ["export LC_TIME=C"] }
}
P
"$GOPOL" plan eight.policy
echo "exit $?"
strace -f -o trace.txt -e trace=execve,fork,vfork,clone,clone3,open,openat,creat "$GOPOL" plan eight.policy >/dev/null
echo "processes started: $(grep -cE 'fork\(|clone3?\(|vfork\(' trace.txt)"
echo "programs executed: $(grep -c 'execve(' trace.txt)"
echo "files opened for writing: $(grep -E 'open(at)?\(' trace.txt | grep -cE 'O_WRONLY|O_RDWR|O_CREAT')"
echo "opened:"
grep -oE 'open(at)?\([^"]*"[^"]*"' trace.txt | sed 's/.*"\(.*\)"/\1/' |
  grep -vE '^(/lib|/usr/lib|/etc/ld.so|/proc/|/dev/null|/sys/)' |
  grep -vE '^/etc/(environment|profile|profile.d.*|bash.bashrc|zsh.*)$' | sort -u # what the login shell here reads
strace -f -o trace.txt -e trace=execve,fork,vfork,clone,clone3 "$GOPOL" why go >/dev/null
echo "processes started by why go: $(grep -cE 'fork\(|clone3?\(|vfork\(' trace.txt)"
