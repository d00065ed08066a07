import CStack
@unsafe @preconcurrency import Glibc

/// Ends the process by SIGABRT, in place of the C library's `abort`.
///
/// The C library's function keeps no frame pointers, so the runtime's crash report would end there, without the line
/// that led to it. The worker exports this function, and the code that it loads calls it instead: the Swift runtime,
/// the functions and their libraries.
///
/// As abort(3) requires, the process ends even if the signal is blocked, ignored, or handled by something that returns.
@c(abort) package func abortWithFrames() -> Never {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    // The runtime catches SIGBUS and SIGSEGV while it reads memory for its report.
    for signal in [SIGABRT, SIGBUS, SIGSEGV] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise_here(SIGABRT)
    _ = signal(SIGABRT, SIG_DFL)
    raise_here(SIGABRT)
    _exit(127)
}
