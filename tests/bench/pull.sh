#!/bin/bash
# A pull that finds nothing new, beside `git ls-remote` and libgit2's own, of the same repository in the same run: pull.sh GOPOL.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
. "$here/../real/servers.sh"
cd "$work"
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir home repositories
# shellcheck disable=SC2046 # words
cc -O2 "$here/ls_remote.c" -o ls_remote $(pkg-config --cflags --libs libgit2)
ssh-keygen -q -t ed25519 -N '' -f ann
echo "ann $(cut -d' ' -f1,2 ann.pub)" >allowed
git init -q -b main repositories/team
printf 'gopol 1.0\nenforce env { go.env { GOPROXY = [direct] } }\n' >repositories/team/dev.policy
git -C repositories/team add .
for i in $(seq 20); do
  git -C repositories/team -c user.name=Ann -c user.email=ann@corp.example -c gpg.format=ssh -c user.signingkey="$work/ann" \
    commit -q --allow-empty -S -m "change $i"
done
ports() {
  python3 -c 'import random, socket, sys
free = []
while len(free) < int(sys.argv[1]):
    try:
        free.append(socket.create_server(("127.0.0.1", random.randrange(10240, 32000))))
    except OSError:
        pass
print(*(one.getsockname()[1] for one in free))' "$1"
}
read -r git_port https_port ssh_port < <(ports 3)
git daemon --export-all --base-path="$work/repositories" --listen=127.0.0.1 --port="$git_port" --reuseaddr "$work/repositories" 2>/dev/null &
servers="$servers $!"
urls="file://$work/repositories/team git://127.0.0.1:$git_port/team"
if command -v nginx >/dev/null && command -v fcgiwrap >/dev/null; then
  authority ca "gopol test authority"
  certificate good localhost 2
  cat >nginx.conf <<N
$(nginx_globals)
http {
  access_log off;
  $(nginx_folders)
  server {
    listen 127.0.0.1:$https_port ssl; ssl_certificate $work/good.pem; ssl_certificate_key $work/good.key;
    location ~ (?<path>/.*) {
      $(git_by_fastcgi)
    }
  }
}
N
  start_fcgiwrap
  start_nginx
  urls="$urls https://localhost:$https_port/team"
else
  echo "skipped: https (no nginx, no fcgiwrap)"
fi
if command -v sshd >/dev/null; then
  ssh-keygen -q -t ed25519 -N '' -f host_key
  mkdir -m 700 -p "$HOME/.ssh"
  ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_ed25519"
  echo "[127.0.0.1]:$ssh_port $(cut -d' ' -f1,2 host_key.pub)" >"$HOME/.ssh/known_hosts"
  cat >sshd_config <<S
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $work/host_key
AuthorizedKeysFile $HOME/.ssh/id_ed25519.pub
PidFile $work/sshd.pid
StrictModes no
UsePAM no
PermitRootLogin yes
S
  [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
  "$(command -v sshd)" -f sshd_config -D 2>/dev/null &
  servers="$servers $!"
  urls="$urls ssh://$(id -un)@127.0.0.1:$ssh_port$work/repositories/team"
  export GIT_SSH_COMMAND="ssh -F none -i $HOME/.ssh/id_ed25519 -o UserKnownHostsFile=$HOME/.ssh/known_hosts"
else
  echo "skipped: ssh (no sshd)"
fi
sleep 0.5
export GIT_SSL_CAINFO="$work/ca.pem" SSL_CERT_FILE="$work/ca.pem"
# In turn, so that what else the machine does is the same for all of them.
medians() { # medians COMMAND...: of each, in ms
  python3 - "$@" <<'P'
import os, statistics, sys, time
nothing = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
def run(command):
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=nothing)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("failed: " + " ".join(command))
    return 1000 * (time.perf_counter() - began)
commands = [one.split() for one in sys.argv[1:]]
rounds = [[run(command) for command in commands] for _ in range(65)][5:]
print(*("%.2f" % statistics.median(times) for times in zip(*rounds)))
P
}
echo "== a pull that finds nothing new (ms, medians)"
for url in $urls; do
  printf '[[source]]\nurl = "%s"\ntrust = "%s/allowed"\n' "$url" "$work" >"$GOPOL_CONFIG"
  "$gopol" pull >/dev/null
  "$gopol" pull | grep -q "nothing new" || { echo "something is new:"; "$gopol" pull; exit 1; }
  own="./ls_remote $url"
  [ "${url#https}" = "$url" ] || own="$own $work/ca.pem"
  [ "${url#ssh}" = "$url" ] || own="$own $HOME/.ssh/id_ed25519"
  medians "$gopol pull" "git ls-remote $url" "$own" >medians
  read -r ours git library <medians
  python3 -c "print('%-8s gopol pull %6s   git ls-remote %6s (ratio %.2f)   libgit2 %6s (ratio %.2f)' % ('${url%%:*}', '$ours', '$git', $ours/$git, '$library', $ours/$library))"
done
