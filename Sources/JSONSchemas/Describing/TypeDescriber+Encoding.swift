extension TypeDescriber {
    /// Determines the shape of a type from the values that it encodes.
    /// - Parameter given: a value of the type, if there is one.
    func observe<T: Encodable>(_ type: T.Type, given: Any?) throws(SchemaProblem) -> Shape {
        if let cases = EnumerationCases.all(of: type), !cases.isEmpty {
            var shapes: [Shape] = []
            for value in cases { shapes.append(try notes(of: value, Trial.all[0]).shape) }
            return .either(shapes)
        }
        var notes: Notes?
        // The first trial has empty optionals and lists, the second has filled ones.
        for trial in Trial.all.prefix(2) {
            let value: T
            if let sample = given as? T {
                guard notes == nil else { break }
                value = sample
            } else if notes == nil {
                value = try sample(of: type, trial)
            } else if let sample = sampleIfAny(of: type, trial) {
                value = sample
            } else {
                break
            }
            let met = try self.notes(of: value, trial)
            if notes == nil { notes = met } else { notes?.add(succeeded: met) }
        }
        return notes?.shape ?? .any
    }

    private func notes<T: Encodable>(of value: T, _ trial: Trial) throws(SchemaProblem) -> Notes {
        let recorder = Recorder(Run(T.self, self, trial))
        do {
            try value.encode(to: NotingEncoder(recorder))
        } catch {
            if let problem = recorder.run.problem { throw problem }
            let reason = String("\(error)".prefix(300))
            throw problem(T.self, "whose encode(to:) does not take the value tried: \(reason)")
        }
        return recorder.notes
    }

    /// Creates a value of a struct field by field, without an initializer.
    ///
    /// Every field gets a value of its type before the memory is used as the struct, so that it is as a memberwise
    /// initializer would leave it.
    /// - Throws: `SchemaProblem` for any type that is not a struct, and for fields of which no value can be created.
    func assemble<T>(_ type: T.Type, _ trial: Trial) throws(SchemaProblem) -> T {
        guard let fields = StoredField.fields(of: type) else {
            throw problem(type, "which only encodes itself and of which no sample can be made: make it Codable")
        }
        var samples: [any FieldSample] = []
        for field in fields {
            func open<F>(_ type: F.Type) throws(SchemaProblem) -> any FieldSample {
                TypedFieldSample(offset: field.offset, value: try sample(of: type, trial))
            }
            do throws(SchemaProblem) {
                samples.append(try open(field.type))
            } catch {
                guard !error.isEndless else { throw error }
                let reason = "which only encodes itself, with a \(field.type) of which no sample can be made"
                throw problem(type, "\(reason): make it Codable")
            }
        }
        let size = max(1, MemoryLayout<T>.size)
        let made = unsafe withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<T>.alignment) {
            memory -> T? in
            guard let start = memory.baseAddress else { return nil }
            for sample in samples { unsafe sample.initialize(at: start) }
            // All fields are initialized, and a struct consists of nothing else. The value takes them over.
            return unsafe start.bindMemory(to: type, capacity: 1).move()
        }
        guard let made else { throw problem(type, "of which no sample can be made: make it Codable") }
        return made
    }
}
