/* What libgit2 takes by itself to list a repository's references: ls_remote URL [CERTIFICATES]. */
#include <git2.h>
#include <stdio.h>

int main(int count, char** arguments) {
  git_remote* remote = NULL;
  const git_remote_head** heads = NULL;
  size_t found = 0;
  char id[GIT_OID_HEXSZ + 1];
  if (count < 2) return 64;
  git_libgit2_init();
  if (count > 2) git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, arguments[2], NULL);
  if (git_remote_create_detached(&remote, arguments[1]) != 0 ||
      git_remote_connect(remote, GIT_DIRECTION_FETCH, NULL, NULL, NULL) != 0 ||
      git_remote_ls(&heads, &found, remote) != 0) {
    fprintf(stderr, "%s\n", git_error_last()->message);
    return 1;
  }
  for (size_t i = 0; i < found; ++i) {
    printf("%s\t%s\n", git_oid_tostr(id, sizeof id, &heads[i]->oid), heads[i]->name);
  }
  return 0;
}
