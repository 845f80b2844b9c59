# shellcheck shell=bash disable=SC2154
# Servers on loopback. Scripts set `work`, a scratch folder, before they read this; what is in `servers` ends with them.
servers=
finish() {
  # shellcheck disable=SC2086 # a list
  [ -z "$servers" ] || kill $servers 2>/dev/null || true
  wait
  chmod -R u+rwx "$work"
  rm -rf "$work"
}
trap finish EXIT
PATH=$PATH:/usr/sbin
certificates=$work # where keys and certificates go
new_key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$certificates/$1.key" "${@:2}" 2>/dev/null; }
authority() { new_key "$1" -x509 -subj "/CN=$2" -days 2 -out "$certificates/$1.pem"; } # authority NAME TITLE
certificate() { # certificate NAME HOST DAYS: signed by the authority `ca`
  new_key "$1" -subj "/CN=$2" -out "$certificates/$1.csr"
  openssl x509 -req -in "$certificates/$1.csr" -CA "$certificates/ca.pem" -CAkey "$certificates/ca.key" -CAcreateserial \
    -days "$3" -extfile <(echo "subjectAltName = DNS:$2") -out "$certificates/$1.pem" 2>/dev/null
}
nginx_globals() { # around `http {`
  cat <<N
daemon off; master_process off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events {}
N
}
nginx_folders() { # inside of `http {`
  cat <<N
client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
N
}
git_by_fastcgi() { # inside of a location that names its `$path`; fcgiwrap is to be started
  cat <<N
fastcgi_pass unix:$work/fcgi.sock;
fastcgi_param SCRIPT_FILENAME $(git --exec-path)/git-http-backend;
fastcgi_param GIT_PROJECT_ROOT $work/repositories;
fastcgi_param GIT_HTTP_EXPORT_ALL 1;
fastcgi_param PATH_INFO \$path;
fastcgi_param QUERY_STRING \$query_string;
fastcgi_param REQUEST_METHOD \$request_method;
fastcgi_param CONTENT_TYPE \$content_type;
fastcgi_param CONTENT_LENGTH \$content_length;
fastcgi_param REMOTE_ADDR \$remote_addr;
N
}
start_fcgiwrap() {
  fcgiwrap -s "unix:$work/fcgi.sock" 2>/dev/null &
  servers="$servers $!"
}
start_nginx() { # its number is in `nginx`
  nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log" 2>>"$work/nginx.err" &
  nginx=$!
  servers="$servers $nginx"
}
