/* What libgit2 takes by itself to list a repository's references: ls_remote URL [CERTIFICATES | KEY]: the key is for
   ssh, with its public half in KEY.pub; whose server it is is not asked. */
#include <git2.h>
#include <stdio.h>
#include <string.h>

static int with_key(git_credential** out, const char* url, const char* user, unsigned allowed, void* key) {
  char half[4096];
  (void)url;
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) == 0) return GIT_PASSTHROUGH;
  snprintf(half, sizeof half, "%s.pub", (const char*)key);
  return git_credential_ssh_key_new(out, user, half, key, NULL);
}

static int any_server(git_cert* certificate, int valid, const char* host, void* key) {
  (void)certificate, (void)valid, (void)host, (void)key;
  return 0;
}

int main(int count, char** arguments) {
  git_remote* remote = NULL;
  const git_remote_head** heads = NULL;
  size_t found = 0;
  char id[GIT_OID_HEXSZ + 1];
  if (count < 2) return 64;
  git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
  git_libgit2_init();
  if (strncmp(arguments[1], "ssh:", 4) == 0 && count > 2) {
    callbacks.credentials = with_key;
    callbacks.certificate_check = any_server;
    callbacks.payload = arguments[2];
  } else if (count > 2) {
    git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, arguments[2], NULL);
  }
  if (git_remote_create_detached(&remote, arguments[1]) != 0 ||
      git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, NULL, NULL) != 0 ||
      git_remote_ls(&heads, &found, remote) != 0) {
    fprintf(stderr, "%s\n", git_error_last()->message);
    return 1;
  }
  for (size_t i = 0; i < found; ++i) {
    printf("%s\t%s\n", git_oid_tostr(id, sizeof id, &heads[i]->oid), heads[i]->name);
  }
  return 0;
}
