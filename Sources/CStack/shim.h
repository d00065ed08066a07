#include <pthread.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// glibc declares these only under _GNU_SOURCE, which Swift's Glibc module does not set.
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes);
long syscall(long number, ...);
ssize_t process_vm_readv(
    pid_t pid, const struct iovec *local, unsigned long local_count,
    const struct iovec *remote, unsigned long remote_count, unsigned long flags);

/// Copies memory of this process that may not be mapped. Returns 0 if it is, and -1 otherwise.
static inline int read_own_memory(unsigned long address, void *copy, unsigned long size) {
    struct iovec local = {copy, size}, remote = {(void *)address, size};
    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (ssize_t)size ? 0 : -1;
}

/// Returns the frame of the function that contains the call.
static inline __attribute__((always_inline)) const void *current_frame(void) {
    return __builtin_frame_address(0);
}

/// Sends a signal to this thread, without a frame between the function that contains the call and the signal's handler.
static inline __attribute__((always_inline)) void raise_here(int signal) {
    // A function that asks for its frame has one, by which its callers are found.
    __asm__ volatile("" : : "r"(__builtin_frame_address(0)));
    syscall(SYS_tgkill, getpid(), (pid_t)syscall(SYS_gettid), signal);
}
