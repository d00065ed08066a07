#include <spawn.h>
#include <sys/resource.h>

// glibc declares these only under _GNU_SOURCE, which Swift's Glibc module does not set.
int pipe2(int descriptors[2], int flags);
static const short spawn_in_new_session = 0x80; // POSIX_SPAWN_SETSID
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int prlimit(pid_t pid, int resource, const struct rlimit *new_limit, struct rlimit *old_limit);
// Limits the bytes that a process may map for its data, and keeps its hard limit.
static inline int limit_data(pid_t pid, unsigned long bytes) {
    struct rlimit limit;
    if (prlimit(pid, RLIMIT_DATA, 0, &limit) != 0) return -1;
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    return prlimit(pid, RLIMIT_DATA, &limit, 0);
}
