#include <spawn.h>

// glibc declares these only under _GNU_SOURCE, which Swift's Glibc module does not set.
int pipe2(int descriptors[2], int flags);
static const short spawn_in_new_session = 0x80; // POSIX_SPAWN_SETSID
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
