package import NIOCore

/// A weak reference for closures that run on an event loop later and must not keep the object alive until then.
package struct NIOLoopBoundWeak<Object: AnyObject>: Sendable {
    private final class Box {
        weak let object: Object?

        init(_ object: Object) {
            self.object = object
        }
    }

    private let box: NIOLoopBound<Box>

    package init(_ object: Object, eventLoop: any EventLoop) {
        box = NIOLoopBound(Box(object), eventLoop: eventLoop)
    }

    /// The object, or nil if it is gone. Only the event loop may read this.
    package var value: Object? { box.value.object }
}
