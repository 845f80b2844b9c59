#!/bin/bash
# Policies from real git servers: git_servers.sh GOPOL. git daemon, sshd, and smart HTTP by nginx with TLS, all on loopback: a
# first pull, one that finds nothing new, an update, a force-push, who we are, a line that is cut or goes silent.
# Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
. "$here/expect.sh"
. "$here/servers.sh"
need git ssh-keygen ssh-agent sshd nginx fcgiwrap openssl python3 pgrep curl
need "$(git --exec-path)/git-http-backend" "$(git --exec-path)/git-daemon"

export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME SSH_AUTH_SOCK GOPOL_TOKEN
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY NETRC SSL_CERT_FILE
mkdir -p "$HOME/.ssh" "$work/repositories"
chmod 700 "$HOME/.ssh"
cd "$work"
: >gitconfig
ssh-keygen -q -t ed25519 -N '' -f ann
echo "ann@corp.example namespaces=\"git\" $(cut -d' ' -f1,2 ann.pub)" >allowed

# The team's repository, with a blob that takes a while on the line.
git init -q -b main team
team() { git -C team -c gpg.format=ssh -c user.signingkey="$work/ann" "$@"; }
policy() { printf 'gopol 1.0\nenforce env { go.env { GOPROXY = ["https://%s.example", direct] } }\n' "$1" >team/dev.policy; }
push() { team push -q -f ../repositories/policy.git main; }
commit() { # commit NAME [ARGUMENTS...]
  policy "$1"
  team add -A && team commit -q -S -m "$@" && push
}
git init -q --bare -b main repositories/policy.git
head -c 3000000 /dev/urandom >team/blob
commit first
first=$(team rev-parse HEAD)

python3 "$here/ports.py" ports 3 &
servers="$servers $!"
wait_for "free ports" test -e ports
read -r git_port ssh_port https_port <ports
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); } # listens PORT

git daemon --export-all --base-path="$work/repositories" --listen=127.0.0.1 --port="$git_port" --reuseaddr "$work/repositories" 2>/dev/null &
servers="$servers $!"

ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_ed25519"
cp "$HOME/.ssh/id_ed25519.pub" authorized
cat >sshd_config <<S
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $work/host_key
AuthorizedKeysFile $work/authorized
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
UsePAM no
PidFile none
S
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
"$(command -v sshd)" -f sshd_config -D -e 2>sshd.log &
servers="$servers $!"
known_host() { echo "[127.0.0.1]:$ssh_port $(cut -d' ' -f1,2 "$1.pub")" >"$HOME/.ssh/known_hosts"; }

authority ca "gopol test authority"
certificate good localhost 2
printf 'ann:%s\nx-access-token:%s\n' "$(openssl passwd -apr1 secret)" "$(openssl passwd -apr1 token)" >accounts
cat >nginx.conf <<N
$(nginx_globals)
http {
  access_log $work/access.log;
  $(nginx_folders)
  map \$uri \$asks { default off; ~^/shut/ gopol; }
  server {
    listen 127.0.0.1:$https_port ssl;
    ssl_certificate $work/good.pem; ssl_certificate_key $work/good.key;
    location /moved/ { rewrite ^/moved/(.*) https://127.0.0.1:$https_port/shut/\$1 redirect; }
    location ~ ^/(open|shut)(?<path>/.*)\$ {
      auth_basic \$asks; auth_basic_user_file $work/accounts;
      $(git_by_fastcgi)
    }
  }
}
N
start_fcgiwrap
start_nginx

echo pass >mode
python3 "$here/relay.py" relay.port "$git_port" mode silent &
servers="$servers $!"
python3 "$here/git_http.py" http.port "$work/repositories" "$work/hook" 2>/dev/null &
servers="$servers $!"
for port in "$git_port" "$ssh_port" "$https_port"; do wait_for "a server at $port" listens "$port"; done
wait_for "the relay" test -e relay.port
wait_for "git by http" test -e http.port

patience=300 # seconds that no server needs; less where one says nothing
configure() { # configure URL [LINE...]: of its [[source]]
  printf '[download]\nca = "%s/ca.pem"\npatience = "%ss"\n[[source]]\nurl = "%s"\ntrust = "%s/allowed"\n' \
    "$work" "$patience" "$1" "$work" >"$GOPOL_CONFIG"
  for line in "${@:2}"; do echo "$line" >>"$GOPOL_CONFIG"; done
}
fresh() { rm -rf "$HOME/.local" "$HOME/.cache"; }
pull() { "$gopol" pull; }
at() { # at COMMIT: what is kept, and planned
  grep -qF "\"commit\": \"$1\"" <("$gopol" source status --json) || { "$gopol" source status; return 1; }
}
says() { # says CODE TEXT: of a pull
  code "$1" pull >said.pull 2>&1 || { cat said.pull; return 1; }
  grep -qF -- "$2" said.pull || { cat said.pull; return 1; }
}

suite() { # suite NAME URL: what every server can do
  fresh
  configure "$2"
  team reset -q --hard "$first" && push
  expect "$1: a first pull" code 0 pull
  expect "$1: keeps the commit" at "$first"
  expect "$1: a second one finds nothing new" says 0 "nothing new"
  commit "second" --allow-empty
  second=$(team rev-parse HEAD)
  expect "$1: an update is pulled" says 0 "signed by ann@corp.example"
  expect "$1: and kept" at "$second"
  team reset -q --hard "$first"
  commit "rewritten" --allow-empty
  expect "$1: a force-push is refused" says 5 "the history was rewritten"
  expect "$1: and what was kept stays" at "$second"
  team reset -q --hard "$first" && push
  expect "$1: an older commit is refused" says 5 "is older than"
  team reset -q --hard "$second" && push
  expect "$1: and the newest is fine" says 0 "nothing new"
}
suite "git daemon" "git://127.0.0.1:$git_port/policy.git"
known_host host_key
suite "sshd" "ssh://$(id -un)@127.0.0.1:$ssh_port$work/repositories/policy.git"
suite "https" "https://localhost:$https_port/open/policy.git"
configure "https://localhost:$https_port/open/policy.git"
: >access.log
expect "nothing new by https" says 0 "nothing new"
# nginx notes a request after it was answered: once a later one is there, all are.
curl -s --cacert ca.pem "https://localhost:$https_port/later" >later
wait_for "the later request" grep -q "GET /later " access.log
expect "is one request" test "$(grep -vc "GET /later " access.log)" = 1
suite "http" "http://127.0.0.1:$(cat http.port)/policy.git"

# Who we are.
fresh
configure "https://localhost:$https_port/moved/policy.git"
GOPOL_TOKEN=token expect "nobody is led to another host" says 5 "redirect"
configure "https://localhost:$https_port/shut/policy.git"
expect "a closed repository says what it tried" says 3 "asks who we are, and nothing here may tell it"
export GOPOL_TOKEN=wrong
expect "a wrong token is named" says 3 "refused GOPOL_TOKEN"
export GOPOL_TOKEN=token
expect "with \$GOPOL_TOKEN it opens" says 0 "signed by"
unset GOPOL_TOKEN
printf '[credential]\n\thelper = "!f() { test $1 = get && echo username=ann && echo password=$(cat %s/password); }; f"\n' "$work" >gitconfig
echo wrong >password
expect "git's helper with a wrong password is named" says 3 "refused git's credential helpers"
echo secret >password
expect "with git's helper it opens" says 0 "nothing new"
: >gitconfig
configure "http://127.0.0.1:$(cat http.port)/policy.git"
fresh
mv "$HOME/.ssh/id_ed25519" away
configure "ssh://$(id -un)@127.0.0.1:$ssh_port$work/repositories/policy.git"
expect "ssh without a key is refused" says 3 "asks who we are"
eval "$(ssh-agent -s)" >/dev/null
servers="$servers $SSH_AGENT_PID"
expect "an agent without a key too" says 3 "refused the ssh agent"
ssh-add -q away
expect "with the agent's key it opens" says 0 "signed by"
unset SSH_AUTH_SOCK
mv away "$HOME/.ssh/id_ed25519"
expect "with the key of ~/.ssh it opens" says 0 "nothing new"
fresh
known_host ann
expect "another host key than the known one is refused" says 3 "known_hosts"
rm "$HOME/.ssh/known_hosts"
expect "an unknown host key too" says 3 "known_hosts"
known_host host_key
expect "the known one is not" code 0 pull

# The line.
fresh
relay=$(cat relay.port)
through_relay() { # through_relay SECONDS: of patience with it
  patience=$1
  configure "git://127.0.0.1:$relay/policy.git"
}
relay_does() { # relay_does MODE: from the next connection on
  rm -f silent
  echo "$1" >mode
}
through_relay 300
relay_does "cut 100"
expect "a line that is cut in the list of references" says 3 "R4007"
relay_does "cut 1000000"
expect "and one that is cut amid the objects" says 3 "R4007"
through_relay 10
relay_does "stall 50"
expect "a server that goes silent at once" says 3 "said nothing for 10 s"
expect "did so after 50 bytes" grep -qx 50 silent
relay_does "stall 1000000"
expect "and amid the objects" says 3 "said nothing for 10 s"
expect "did so after 1000000" grep -qx 1000000 silent
objects_came() { ls "$HOME"/.cache/gopol/policies/*/objects/pack/*; }
stop_amid() { # a pull that is killed while objects come: after some of them the relay is silent
  "$gopol" pull >/dev/null 2>&1 &
  pulling=$!
  wait_for "silence" test -e silent && wait_for "objects in the cache" objects_came
  amid=$?
  net=$(pgrep -P "$pulling") || true
  # shellcheck disable=SC2086 # empty if it has ended
  kill -9 $net "$pulling" || return 1
  wait "$pulling" 2>/dev/null || true
  [ "$amid" = 0 ] && [ -n "$net" ]
}
fresh
through_relay 300
relay_does "stall 1000000"
expect "a pull is killed amid the objects" stop_amid
relay_does pass
expect "the cache is usable after all that" says 0 "signed by"
expect "and whole" says 0 "nothing new"
commit third --allow-empty
kept=$("$gopol" source status --json | grep '"commit"')
through_relay 10
for mode in "cut 1" "stall 1" "cut 400"; do
  relay_does "$mode"
  expect "with $mode the last good policy is kept" says 0 "the last good policy"
  expect "as it was" test "$("$gopol" source status --json | grep '"commit"')" = "$kept"
done
through_relay 300
relay_does pass
expect "and then it goes on" says 0 "signed by"
expect "with what is new" at "$(team rev-parse HEAD)"

# References that change between the list and the objects.
fresh
configure "http://127.0.0.1:$(cat http.port)/policy.git"
announced=$(team rev-parse HEAD)
git -C team checkout -q --orphan evil && policy evil && team add -A && team commit -q --no-gpg-sign -m evil
team push -q ../repositories/policy.git evil
cat >hook <<H
#!/bin/sh
exec git --git-dir=$work/repositories/policy.git update-ref refs/heads/main refs/heads/evil
H
chmod +x hook
expect "references that change before the objects come" says 5 "announced commit ${announced:0:7} and did not hand it out"
expect "end with nothing kept" code 5 "$gopol" plan
rm hook
team checkout -q -f main
expect "and what they changed to is not signed" says 5 "is not signed"
git --git-dir=repositories/policy.git update-ref refs/heads/main "$announced"
git --git-dir=repositories/policy.git branch -q -D evil
expect "the announced one is fine" code 0 pull
cat >hook <<H
#!/bin/sh
git --git-dir=$work/repositories/policy.git update-ref refs/heads/main $first
H
chmod +x hook
commit fourth --allow-empty
expect "going back while a newer one is announced" code 5 pull
expect "keeps what there was" at "$announced"

verdict
