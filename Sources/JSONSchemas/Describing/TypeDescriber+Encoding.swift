extension TypeDescriber {
    /// The shape of a type by what it encodes.
    /// - Parameter given: a value of the type, when there is one.
    func observe<T: Encodable>(_ type: T.Type, given: Any?) throws(SchemaProblem) -> Shape {
        if let cases = EnumerationCases.all(of: type), !cases.isEmpty {
            var shapes: [Shape] = []
            for value in cases { shapes.append(try notes(of: value, Trial.all[0]).shape) }
            return .either(shapes)
        }
        var notes: Notes?
        // With nothing in its optionals and lists, and with something.
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

    /// A value of a struct made field by field, without an initializer.
    ///
    /// Every field gets a value of its type before the struct is taken for one, so that its memory is what an
    /// initializer of memberwise form would leave.
    /// - Throws: `SchemaProblem` for everything that is no struct, and fields of which no value can be made.
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
            // All fields are initialized, which is all there is of a struct; the value takes them over.
            return unsafe start.bindMemory(to: type, capacity: 1).move()
        }
        guard let made else { throw problem(type, "of which no sample can be made: make it Codable") }
        return made
    }
}
