import CStack
@unsafe @preconcurrency import Glibc

/// A place in code that a call came through.
struct CodeAddress: Hashable {
    let value: UInt
    /// Whether this is the place where an async function continues after its `await`, and not a return address.
    let isResumePoint: Bool
}

/// A search for the places in the functions' code that the calling thread came through.
///
/// It follows frame pointers, which costs some nanoseconds per frame.
struct StackWalk: Sendable {
    /// The largest number of addresses to find, which is enough to get past code that the compiler made.
    static let most = 8
    private static let longestStack = 1024
    private static let longestChain = 64

    private let code: Range<UInt>
    private let concurrencyRuntime: Range<UInt>
    private let stackEnds: pthread_key_t

    /// Creates a stack walk.
    ///
    /// - Parameters:
    ///   - code: the addresses of the functions' code.
    ///   - concurrencyRuntime: the addresses of the runtime that runs tasks.
    init(code: Range<UInt>, concurrencyRuntime: Range<UInt>) {
        self.code = code
        self.concurrencyRuntime = concurrencyRuntime
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        stackEnds = key
    }

    /// Returns the places in the functions' code on the stack or, if there are none, those that await, innermost
    /// first.
    func callers() -> [CodeAddress] {
        var found: [CodeAddress] = []
        let end = stackEnd
        var frame = unsafe UInt(bitPattern: current_frame())
        var callee = frame
        for _ in 0..<Self.longestStack {
            // Code in C without frame pointers may have left any value in the register.
            guard frame.isMultiple(of: 8), frame >= callee, frame < end else { break }
            let address = Self.word(at: frame + 8)
            if code.contains(address) {
                found.append(CodeAddress(value: address, isResumePoint: false))
                if found.count == Self.most { break }
            } else if found.isEmpty, concurrencyRuntime.contains(address) {
                // The runtime has most likely called a task's async function, which keeps its context below its
                // frame.
                found = resumePoints(from: Self.word(at: frame - 8))
                if !found.isEmpty { break }
            }
            callee = frame
            frame = Self.word(at: frame)
        }
        return found
    }

    /// Follows the contexts of async functions. Each begins with its caller's context and the place where the caller
    /// continues.
    private func resumePoints(from first: UInt) -> [CodeAddress] {
        var found: [CodeAddress] = []
        var context = first
        for _ in 0..<Self.longestChain where found.count < Self.most {
            // Only the first context is a guess, but that is reason enough to be careful.
            var words: (caller: UInt, resumePoint: UInt) = (0, 0)
            guard context != 0, unsafe read_own_memory(context, &words, UInt(MemoryLayout.size(ofValue: words))) == 0
            else { break }
            if code.contains(words.resumePoint) {
                found.append(CodeAddress(value: words.resumePoint, isResumePoint: true))
            }
            context = words.caller
        }
        return found
    }

    private static func word(at address: UInt) -> UInt {
        unsafe UnsafePointer<UInt>(bitPattern: address)?.pointee ?? 0
    }

    /// The end of this thread's stack, less one frame. It is determined once per thread.
    private var stackEnd: UInt {
        let known = unsafe UInt(bitPattern: pthread_getspecific(stackEnds))
        guard known == 0 else { return known }
        var attributes = pthread_attr_t()
        guard unsafe pthread_getattr_np(pthread_self(), &attributes) == 0 else { return 0 }
        defer { unsafe pthread_attr_destroy(&attributes) }
        var start: UnsafeMutableRawPointer?
        var size = 0
        unsafe pthread_attr_getstack(&attributes, &start, &size)
        let end = UInt(bitPattern: start) + UInt(size) - 16
        unsafe pthread_setspecific(stackEnds, UnsafeRawPointer(bitPattern: end))
        return end
    }
}
