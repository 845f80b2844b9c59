#!/bin/bash
# A Mac's program fetches over TLS what that of Linux does: fetch.sh GOPOL MAC_GOPOL SOURCE. nginx on loopback, with a
# certificate of an authority made here, offers an archive of Go and a policy repository. What both print, how they end
# and what they put on a recorded machine must be the same to the byte. Ends with 77 if a program is missing.
set -eu
# shellcheck disable=SC1091,SC2034 # read by ${!side}
linux=$1 mac=$2 source=$3
work=$(mktemp -d /tmp/gopol-XXXXXX)
. "$source/tests/real/expect.sh"
. "$source/tests/real/servers.sh"
need nginx fcgiwrap openssl git python3
need "$(git --exec-path)/git-http-backend"
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8 LANG=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME GOPOL_TOKEN
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY NETRC SSL_CERT_FILE
cd "$work"

authority ca "gopol test authority"
authority stranger "another authority"
certificate good localhost 2
python3 "$source/tests/real/ports.py" ports 1 &
servers="$servers $!"
wait_for "a free port" test -e ports
read -r port <ports
mkdir repositories
git init -q -b main team
printf 'gopol 1.0\nenforce env { go.env { GOPROXY = ["https://goproxy.corp.example", direct] } }\n' >team/dev.policy
git -C team add . && git -C team commit -qm one
git clone -q --bare team repositories/policy.git
cat >nginx.conf <<N
$(nginx_globals)
http {
  access_log off;
  $(nginx_folders)
  root $source/examples/mirror; index index.json;
  server {
    listen 127.0.0.1:$port ssl;
    ssl_certificate $work/good.pem; ssl_certificate_key $work/good.key;
    location /empty/ { return 404; }
    location ~ ^/team(?<path>/.*)\$ {
      $(git_by_fastcgi)
    }
  }
}
N
start_fcgiwrap
start_nginx
answers_tls() { openssl s_client -connect "127.0.0.1:$port" </dev/null; }
wait_for nginx answers_tls || { cat nginx.err nginx.log; exit 1; }

configure() { # configure MIRROR CA
  printf '[download]\ngo = "%s"\nca = "%s"\n[[source]]\nurl = "https://localhost:%s/team/policy.git"\ntrust = "none"\n' \
    "$1" "$work/$2" "$port" >"$GOPOL_CONFIG"
}
session() { # session GOPOL
  run() {
    echo "\$ gopol $*"
    status=0
    "$gopol" "$@" </dev/null >output 2>&1 || status=$?
    # The words of two libraries for TLS: that of Linux' programs is its system's.
    sed -e 's/planned without .*/planned GUARDED/' -e 's/[0-9]* s ago/N s ago/' \
      -e 's/\(cannot fetch [^ ]*\) \(SSL certificate problem\|Cert verify failed\): .*/\1 UNTRUSTED/' output
    echo "ended with $status"
  }
  gopol=$1
  rm -rf "$HOME"
  mkdir -p "$HOME"
  cp -R "$source/examples/machines/m3-sonoma" recorded
  chmod -R u+w recorded
  cp "$source/examples/mac-go.policy" go.policy
  configure "https://localhost:$port" stranger.pem
  run apply --unsigned go.policy --machine recorded --in-place --yes
  run pull
  configure "https://localhost:$port/empty" ca.pem
  run apply --unsigned go.policy --machine recorded --in-place --yes
  configure "https://localhost:$port" ca.pem
  run apply --unsigned go.policy --machine recorded --in-place --yes
  run plan go.policy --machine recorded
  run pull
  run pull
  run plan --machine recorded
}
for side in linux mac; do
  program=${!side}
  session "$program" >"$side.said"
  (cd recorded && find . -printf '%M %p %l\n' | sort && find . -path '*go/*' -type f -exec sha256sum {} + | sort) >"$side.files"
  rm -rf recorded
done
cat linux.said >&2
diff -u linux.said mac.said
diff -u linux.files mac.files
for line in UNTRUSTED "certificate is invalid" "404" "ended with 3" "nothing new"; do
  grep -q -- "$line" linux.said || { echo "nothing was said of: $line"; exit 1; }
done
