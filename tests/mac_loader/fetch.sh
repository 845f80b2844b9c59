#!/bin/bash
# A Mac's program fetches over TLS what that of Linux does: fetch.sh GOPOL MAC_GOPOL SOURCE. nginx on loopback, with a
# certificate of an authority made here, offers an archive of Go and a policy repository. What both print, how they end
# and what they put on a recorded machine must be the same to the byte. Ends with 77 if a program is missing.
set -eu
# shellcheck disable=SC1091,SC2034 # read by ${!side}
linux=$1 mac=$2 source=$3
work=$(mktemp -d /tmp/gopol-XXXXXX)
servers=
finish() {
  # shellcheck disable=SC2086 # a list
  [ -z "$servers" ] || kill $servers 2>/dev/null || true
  wait
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap finish EXIT
. "$source/tests/real/expect.sh"
PATH=$PATH:/usr/sbin
need nginx fcgiwrap openssl git python3
backend=$(git --exec-path)/git-http-backend
need "$backend"
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8 LANG=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME GOPOL_TOKEN
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY NETRC SSL_CERT_FILE
cd "$work"

new_key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" "${@:2}" 2>/dev/null; }
new_key ca -x509 -subj "/CN=gopol test authority" -days 2 -out ca.pem
new_key stranger -x509 -subj "/CN=another authority" -days 2 -out stranger.pem
new_key good -subj "/CN=localhost" -out good.csr
openssl x509 -req -in good.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
  -extfile <(echo "subjectAltName = DNS:localhost") -out good.pem 2>/dev/null
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
daemon off; master_process off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events {}
http {
  access_log off;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  root $source/examples/mirror; index index.json;
  server {
    listen 127.0.0.1:$port ssl;
    ssl_certificate $work/good.pem; ssl_certificate_key $work/good.key;
    location /empty/ { return 404; }
    location ~ ^/team(?<path>/.*)\$ {
      fastcgi_pass unix:$work/fcgi.sock;
      fastcgi_param SCRIPT_FILENAME $backend;
      fastcgi_param GIT_PROJECT_ROOT $work/repositories;
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param PATH_INFO \$path;
      fastcgi_param QUERY_STRING \$query_string;
      fastcgi_param REQUEST_METHOD \$request_method;
      fastcgi_param CONTENT_TYPE \$content_type;
      fastcgi_param CONTENT_LENGTH \$content_length;
      fastcgi_param REMOTE_ADDR \$remote_addr;
    }
  }
}
N
fcgiwrap -s "unix:$work/fcgi.sock" 2>/dev/null &
servers="$servers $!"
nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log" 2>nginx.err &
servers="$servers $!"
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
  run apply go.policy --machine recorded --in-place --yes
  run pull
  configure "https://localhost:$port/empty" ca.pem
  run apply go.policy --machine recorded --in-place --yes
  configure "https://localhost:$port" ca.pem
  run apply go.policy --machine recorded --in-place --yes
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
