extension TypeDescriber {
    /// The greatest number of enum values that are tried, to see what else a type decodes after each of them.
    private static let choiceLimit = 32
    /// The greatest number of scalars that a type may accept in place of one another.
    private static let alternativeLimit = 8

    /// Determines the shape of a type from its requests to a decoder.
    func probe<T: Decodable>(_ type: T.Type) throws(SchemaProblem) -> Shape {
        var notes = Notes()
        var refusal: (any Error)?
        for trial in Trial.all {
            let recorder = Recorder(Run(type, self, trial))
            do {
                keep(try T(from: ProbingDecoder(recorder)))
            } catch {
                if let count = recorder.run.keys?.count { return try probeCases(type, count) }
                if let problem = recorder.run.problem { throw problem }
                notes.add(failed: recorder.notes)
                refusal = error
                continue
            }
            if let count = recorder.run.keys?.count { return try probeCases(type, count) }
            notes.replace(with: recorder.notes)
            probeChoices(type, trial, recorder.run.choiceCount, into: &notes)
            return .either([notes.shape] + alternatives(type, trial, recorder))
        }
        throw refusedAll(type, refusal)
    }

    /// Adds the requests that the type makes for the other values of an enum that it decodes.
    private func probeChoices<T: Decodable>(
        _ type: T.Type, _ trial: Trial, _ count: Int, into notes: inout Notes
    ) {
        for choice in 0..<min(count, Self.choiceLimit) where choice > 0 {
            var trial = trial
            trial.choice = choice
            let recorder = Recorder(Run(type, self, trial))
            guard (try? T(from: ProbingDecoder(recorder))) != nil else { continue }
            notes.add(succeeded: recorder.notes)
        }
    }

    /// Returns the other shapes that a type accepts for one value. To find them, the accepted types are rejected one
    /// by one.
    private func alternatives<T: Decodable>(_ type: T.Type, _ trial: Trial, _ first: Recorder) -> [Shape] {
        var shapes: [Shape] = []
        var refused: Set<ObjectIdentifier> = []
        var last = first
        while let accepted = last.run.accepted, refused.count < Self.alternativeLimit, refused.insert(accepted).inserted
        {
            let recorder = Recorder(Run(type, self, trial, refusing: refused))
            guard (try? T(from: ProbingDecoder(recorder))) != nil, !recorder.notes.isEmpty else { break }
            shapes.append(recorder.notes.shape)
            last = recorder
        }
        return shapes
    }

    // MARK: - Enums with associated values

    /// Determines the shape of an enum that decodes the case whose key it finds, with one object for each case.
    private func probeCases<T: Decodable>(_ type: T.Type, _ count: Int) throws(SchemaProblem) -> Shape {
        var shapes = [Shape?](repeating: nil, count: count)
        // A case that contains the enum itself can be created only after one that does not.
        for _ in 0..<2 {
            for key in shapes.indices where shapes[key] == nil {
                do throws(SchemaProblem) {
                    shapes[key] = try probeCase(type, key)
                } catch {
                    guard error.isEndless else { throw error }
                }
            }
        }
        let known = shapes.compactMap { $0 }
        guard known.count == count else {
            throw problem(type, "which holds itself without end", isEndless: true)
        }
        return .either(known)
    }

    private func probeCase<T: Decodable>(_ type: T.Type, _ key: Int) throws(SchemaProblem) -> Shape {
        var refusal: (any Error)?
        for trial in Trial.all {
            let recorder = Recorder(Run(type, self, trial, key: key))
            do {
                keep(try T(from: ProbingDecoder(recorder)))
                return recorder.caseShape
            } catch {
                if let problem = recorder.run.problem { throw problem }
                refusal = error
            }
        }
        throw refusedAll(type, refusal)
    }

    private func refusedAll(_ type: any Any.Type, _ refusal: (any Error)?) -> SchemaProblem {
        if let problem = refusal as? SchemaProblem { return problem }
        let reason = refusal.map { String("\($0)".prefix(300)) } ?? ""
        return problem(type, "whose init(from:) takes none of the values tried: \(reason)")
    }
}
