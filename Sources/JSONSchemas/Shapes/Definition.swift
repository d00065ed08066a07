/// A type that schemas refer to by name.
struct Definition {
    let type: any Any.Type
    let shape: Shape
}
