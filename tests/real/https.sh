#!/bin/bash
# TLS as a company has it: https.sh GOPOL GOROOT. nginx on loopback, with certificates of an authority made here, offers
# an archive of GOROOT's programs and a policy repository. Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
goroot=$2
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
. "$here/expect.sh"
. "$here/servers.sh"
need nginx fcgiwrap openssl git python3
need "$(git --exec-path)/git-http-backend"

mkdir -p "$work/mirror" "$work/home" "$work/certs" "$work/repositories"
# Without its library it is quicker to unpack.
mkdir -p "$work/go/pkg"
cp -L "$goroot/VERSION" "$work/go/"
cp -RL "$goroot/bin" "$work/go/"
cp -RL "$goroot/pkg/tool" "$work/go/pkg/"
"$here/../make_mirror.sh" "$work/mirror" "$work/go"
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset GOROOT GOPATH GOPROXY GOENV GOFLAGS GOTOOLCHAIN XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY NETRC SSL_CERT_FILE
cd "$work"
current="$HOME/.local/share/gopol/go/current"
version=$(head -n 1 "$goroot/VERSION" | sed 's/^go//')

# An authority, and what it signed: for this host, for another one, and one whose time is over.
certificates=$work/certs
authority ca "gopol test authority"
authority stranger "another authority"
certificate good localhost 2
certificate other other.example 2
certificate expired localhost -1

python3 "$here/ports.py" ports 4 &
servers="$servers $!"
wait_for "free ports" test -e ports
read -r good other expired plain <ports
nginx_configuration() {
  cat <<N
$(nginx_globals)
http {
  access_log off;
  $(nginx_folders)
  root $work/mirror; index index.json;
  map \$uri \$asks { default off; ~^/shut/ gopol; }
  server {
    listen 127.0.0.1:$plain;
  }
N
  for name in good other expired; do
    cat <<N
  server {
    listen 127.0.0.1:${!name} ssl;
    ssl_certificate $work/certs/$name.pem; ssl_certificate_key $work/certs/$name.key;
    location /empty/ { return 404; }
    location /broken/ { return 500; }
    location /moved/ { rewrite ^/moved/(.*) https://localhost:$good/\$1 redirect; }
    location /downgrade/ { rewrite ^/downgrade/(.*) http://localhost:$plain/\$1 redirect; }
    location /closed/ {
      auth_basic gopol; auth_basic_user_file $work/accounts;
      alias $work/mirror/;
    }
    location ~ ^/(team|shut)(?<path>/.*)\$ {
      auth_basic \$asks; auth_basic_user_file $work/accounts;
      $(git_by_fastcgi)
    }
  }
N
  done
  echo '}'
}
nginx_configuration >nginx.conf
echo "ann:$(openssl passwd -apr1 secret)" >accounts
serve() {
  start_nginx
  wait_for nginx answers_tls || { cat nginx.err nginx.log; exit 1; }
}
answers_tls() { openssl s_client -connect "127.0.0.1:$good" </dev/null; }
start_fcgiwrap
python3 "$here/proxy.py" "$work/proxy.port" "$work/tunnels" &
servers="$servers $!"
serve
wait_for "the proxy" test -e proxy.port
proxy="http://127.0.0.1:$(cat proxy.port)"

configure() { # configure MIRROR [LINE...]: of [download]
  printf '[download]\ngo = "%s"\ntrust_index = true\n' "$1" >"$GOPOL_CONFIG"
  shift
  for line in "$@"; do echo "$line" >>"$GOPOL_CONFIG"; done
}
mkdir -p "$HOME/.local/state"
ca="ca = \"$work/certs/ca.pem\""
cat >dev.policy <<P
gopol 1.0
enforce go { go.toolchain "default" { version = $version } }
P
apply() { "$gopol" apply --yes --unsigned dev.policy; }
tree_of() { (cd "$HOME" && find . -path ./.local/state -prune -o -path ./.cache -prune -o -print | sort); }
fresh() { rm -rf "$HOME" && mkdir -p "$HOME/.local/state"; }
says() { # says CODE TEXT COMMAND...: one error, with that in its message, and no file touched
  tree_of >before
  text=$2
  code "$1" "${@:3}" >said.all 2>&1 || { cat said.all; return 1; }
  grep -E '^error' said.all >said.errors || true
  [ "$(wc -l <said.errors)" = 1 ] && grep -qF -- "$text" said.errors || { cat said.all; return 1; }
  tree_of | comm -3 before - >moved
  [ ! -s moved ] || { echo "changed:"; cat moved; return 1; }
}
converges() {
  fresh
  code 0 apply || return 1
  grep -q "go$version " <("$current/bin/go" version)
}

mirror="https://localhost:$good"
configure "$mirror"
expect "a certificate nobody vouches for is refused" says 3 "certificate" apply
configure "$mirror" "ca = \"$work/nowhere.pem\""
expect "a \`ca\` that is not there is named" says 3 "nowhere.pem" apply
echo "no certificate" >junk.pem
configure "$mirror" "ca = \"$work/junk.pem\""
expect "a \`ca\` without a certificate is named" says 3 "junk.pem" apply
configure "https://localhost:$other" "$ca"
expect "a certificate of another host is refused" says 3 "localhost" apply
configure "https://localhost:$expired" "$ca"
expect "a certificate whose time is over is refused" says 3 "expired" apply
configure "$mirror/downgrade" "$ca"
expect "a way from https down to http is not taken" says 3 "from https to http" apply
configure "$mirror/empty" "$ca"
expect "a mirror without anything answers 404" says 3 "404" apply
configure "$mirror/broken" "$ca"
expect "a broken mirror answers 500" says 3 "answered 500" apply
configure "$mirror/closed" "$ca"
expect "a closed mirror answers 401" says 3 "answered 401" apply
configure "https://127.0.0.1:1" "$ca"
expect "a mirror that is down is named" says 3 "https://127.0.0.1:1" apply

configure "$mirror" "$ca"
expect "a plan needs no network" code 2 "$gopol" plan dev.policy
expect "with \`ca\` the toolchain comes by https" converges
expect "and a second plan is empty" code 0 "$gopol" plan dev.policy
configure "$mirror/moved" "$ca"
expect "a way from https to https is taken" converges
configure "$mirror"
export SSL_CERT_FILE="$work/certs/ca.pem"
expect "\$SSL_CERT_FILE is heard" converges
configure "$mirror" "ca = \"$work/certs/stranger.pem\""
expect "\`ca\` comes besides it" converges
unset SSL_CERT_FILE
closed() {
  fresh
  printf 'machine localhost login ann password %s\n' "$1" >"$HOME/.netrc"
  chmod 600 "$HOME/.netrc"
}
configure "$mirror/closed" "$ca"
closed wrong
expect "a wrong password answers 401" says 3 "answered 401" apply
closed secret
expect "with ~/.netrc a closed mirror opens" code 0 apply
closed secret
mv "$HOME/.netrc" accounts.netrc
export NETRC="$work/accounts.netrc"
expect "\$NETRC names such a file too" code 0 apply
unset NETRC

: >tunnels
configure "$mirror" "$ca" "proxy = \"$proxy\""
expect "through the proxy of gopol.toml" converges
expect "which was asked" grep -qx "localhost:$good" tunnels
: >tunnels
configure "$mirror" "$ca"
export https_proxy="$proxy"
expect "through the proxy of the environment" converges
expect "which was asked" grep -qx "localhost:$good" tunnels
: >tunnels
export no_proxy=localhost
expect "not where no_proxy names the host" converges
expect "the proxy was not asked" test ! -s tunnels
unset https_proxy no_proxy
fresh
configure "$mirror" "$ca" 'proxy = "http://127.0.0.1:1"'
expect "a proxy that is down is named" says 3 "127.0.0.1" apply

# Policies by smart HTTP.
fresh
git init -q -b main team
cat >team/dev.policy <<'P'
gopol 1.0
enforce env { go.env { GOPROXY = ["https://goproxy.corp.example", direct] } }
P
git -C team add . && git -C team commit -qm one
git clone -q --bare team repositories/policy.git
commit() { sed -i "s/$1/$2/" team/dev.policy && git -C team commit -qam "$1" && git -C team push -q ../repositories/policy.git main; }
source="https://localhost:$good/team/policy.git"
from() { "$gopol" "$@" --source "$source"; }
shows() { # shows CODE COMMAND...: the plan names the last commit
  code "$1" "${@:2}" >said.plan || { cat said.plan; return 1; }
  grep -qF "dev.policy @ $(git -C team rev-parse --short=7 HEAD)" said.plan || { cat said.plan; return 1; }
}
proxy_is() { grep -qx "GOPROXY=$1" "$HOME/.config/go/env"; }
configure "$mirror"
expect "a repository nobody vouches for is refused" says 3 "certificate" from plan
configure "$mirror" "$ca"
expect "a plan of a fetched policy names its commit" shows 2 from plan
expect "apply converges" shows 0 from apply --yes --unsigned
expect "and did what the policy says" proxy_is "https://goproxy.corp.example,direct"
expect "a second plan is empty" shows 0 from plan
commit ', direct' ''
expect "a new commit is seen" shows 2 from plan
expect "and applied" shows 0 from apply --yes --unsigned
expect "it did what the policy says" proxy_is "https://goproxy.corp.example"
configure "$mirror"
expect "fetched before, still refused without \`ca\`" says 3 "certificate" from apply --yes --unsigned
export SSL_CERT_FILE="$work/certs/ca.pem"
expect "\$SSL_CERT_FILE is heard" shows 0 from plan
configure "$mirror" "ca = \"$work/certs/stranger.pem\""
expect "\`ca\` comes besides it" shows 0 from plan
unset SSL_CERT_FILE
configure "$mirror" "ca = \"$work/nowhere.pem\""
expect "a \`ca\` that is not there is named" says 3 "nowhere.pem" from plan
configure "$mirror" "$ca"
source="https://localhost:$other/team/policy.git"
expect "a repository with another host's certificate is refused" says 3 "certificate" from plan
source="https://localhost:$expired/team/policy.git"
expect "one whose certificate's time is over is refused" says 3 "certificate" from plan
source="https://localhost:$good/shut/policy.git"
expect "a repository that asks who we are says so" says 3 "asks who we are" from plan
source="https://localhost:$good/team/nothing.git"
expect "a repository that is not there is refused" says 3 "404" from plan
source="https://localhost:$good/team/policy.git"
expect "a branch that is not there is named" says 3 "no branch \`nope\`" from plan --branch nope
expect "a path that is not there is named" says 3 "no \`nope.policy\`" from plan --path nope.policy
: >tunnels
configure "$mirror" "$ca" "proxy = \"$proxy\""
expect "through the proxy of gopol.toml" shows 0 from plan
expect "which was asked" grep -qx "localhost:$good" tunnels
: >tunnels
configure "$mirror" "$ca"
export https_proxy="$proxy"
expect "through the proxy of the environment" shows 0 from plan
expect "which was asked" grep -qx "localhost:$good" tunnels
unset https_proxy

sources() { configure "$mirror" "$ca" '[[source]]' "url = \"$source\"" 'trust = "none"' "$@"; }
pull() { "$gopol" pull; }
plan() { "$gopol" plan; }
sources
expect "a source of gopol.toml is pulled" code 0 pull
expect "and planned" shows 0 plan
commit 'goproxy' 'modules'
expect "a plan asks no server" code 0 plan
expect "its new commit is pulled" code 0 pull
expect "and seen" shows 2 plan
expect "and applied" shows 0 "$gopol" apply --yes
expect "it did what the policy says" proxy_is "https://modules.corp.example"
sources 'branch = "nope"'
expect "its branch that is not there is named" says 3 "no branch \`nope\`" pull
sources 'path = "nope.policy"'
expect "its path that is not there is named" says 3 "no \`nope.policy\`" pull
sources
kill "$nginx"
wait "$nginx" 2>/dev/null || true
offline() { code 0 pull >said.offline 2>&1 && grep -q "warning\[R4007\].*$source" said.offline && grep -q "last good policy" said.offline; }
expect "with a server that is down the last good policy is kept" offline
expect "and planned" shows 0 plan
serve
expect "and up again it is asked again" code 0 pull

verdict
