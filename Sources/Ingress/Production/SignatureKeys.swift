import Glibc

/// Tells whether one of some keys has signed something.
///
/// The library `RequestSignatures` does so, which is loaded only in production mode: what it is made of takes long to build.
@safe package struct SignatureKeys: Sendable {
    private typealias IsValid =
        @convention(c) (UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, UnsafePointer<UInt8>, Int) -> Bool

    private let keys: [SignatureKey]
    private let isValid: IsValid

    /// A library that cannot be loaded.
    package struct LibraryNotLoaded: Error {
        package let reason: String
    }

    /// - Parameter library: the path of the library, which is never unloaded.
    package init(_ keys: [SignatureKey], library: String) throws(LibraryNotLoaded) {
        guard let handle = unsafe dlopen(library, RTLD_NOW | RTLD_LOCAL),
            let symbol = unsafe dlsym(handle, "request_signature_is_valid")
        else {
            let reason = unsafe dlerror().map { unsafe String(cString: $0) }
            throw LibraryNotLoaded(reason: reason ?? "no reason given")
        }
        self.keys = keys
        unsafe isValid = unsafeBitCast(symbol, to: IsValid.self)
    }

    /// Whether one of the keys has signed those bytes.
    func haveSigned(_ bytes: UnsafeBufferPointer<UInt8>, as signature: [UInt8]) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        return keys.contains { key in
            unsafe isValid(key.bytes, signature, signature.count, start, bytes.count)
        }
    }
}
