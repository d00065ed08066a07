import CloudFunctions
import FoundationEssentials

/// One entry in the logbook of an asset or agent.
struct Note: Codable {
    /// Its identity; the store names it `_id`.
    var _id = ObjectID()
    /// Public id of the asset or agent that it is about.
    var subject: String
    var text: String
    /// Public id and name of who wrote it.
    var author: String
    var authorName: String
    var createdOn: Date
    var editedOn: Date?
}

/// Writes a note in the logbook of the call's asset or agent.
/// - Parameter text: what to write, 1 to 2,000 characters
@Exposed
func add(_ context: FunctionContext, text: String) async throws -> Note {
    let (subject, author) = (try context.agentOrAsset, try context.require(\.user))
    let note = Note(
        subject: subject.publicID, text: try checked(text), author: author.publicID, authorName: author.name,
        createdOn: .now)
    try await context.require(\.documentStore).insertOne(note)
    context.logger.info("Note added", metadata: ["note": "\(note._id)"])
    return note
}

/// Lists the notes about the call's asset or agent, the newest first.
/// - Parameter limit: how many at most, 1 to 500
@Exposed
func list(_ context: FunctionContext, limit: Int = 50) async throws -> [Note] {
    guard (1...500).contains(limit) else { throw NoteError("A list has 1 to 500 notes, not \(limit)") }
    return try await context.require(\.documentStore).find(
        ["subject": .string(try context.agentOrAsset.publicID)], sort: ["createdOn": -1, "_id": -1], limit: limit
    ).all(as: Note.self)
}

/// Writes a note anew; only who wrote it may.
/// - Parameters:
///   - id: the note's `_id`
///   - text: what to write, 1 to 2,000 characters
@Exposed
func edit(_ context: FunctionContext, id: ObjectID, text: String) async throws -> Note {
    var note = try await find(id, context)
    guard note.author == (try context.require(\.user).publicID) else {
        throw NoteError("Only \(note.authorName) may edit this note")
    }
    note.text = try checked(text)
    note.editedOn = .now
    try await context.require(\.documentStore).updateOne(
        ["_id": .objectID(id)], ["$set": ["text": .string(note.text), "editedOn": .date(note.editedOn ?? .now)]])
    return note
}

/// Removes a note; who wrote it may, and who manages the asset, the agent or the company.
/// - Parameter id: the note's `_id`
@Exposed
func remove(_ context: FunctionContext, id: ObjectID) async throws {
    let note = try await find(id, context)
    let isAuthor = note.author == (try context.require(\.user).publicID)
    guard try isAuthor || managesNotes(context) else {
        throw NoteError("Only \(note.authorName) or someone who manages this page may remove this note")
    }
    try await context.require(\.documentStore).deleteOne(["_id": .objectID(id)])
}

// MARK: - What the functions share

struct NoteError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The note with that id, if it is about the call's asset or agent: an id alone opens no other logbook.
private func find(_ id: ObjectID, _ context: FunctionContext) async throws -> Note {
    let filter: BSONDocument = ["_id": .objectID(id), "subject": .string(try context.agentOrAsset.publicID)]
    guard let note = try await context.require(\.documentStore).findOne(filter, as: Note.self) else {
        throw NoteError("There is no note \(id) here")
    }
    return note
}

private func managesNotes(_ context: FunctionContext) throws -> Bool {
    let subject = try context.agentOrAsset
    return subject.permissions.contains(subject.kind == .agent ? "MANAGE_AGENT" : "MANAGE_ASSET")
        || context.company?.permissions.contains("COMPANY_ADMIN") == true
}

private func checked(_ text: String) throws -> String {
    guard !text.allSatisfy(\.isWhitespace) else { throw NoteError("A note needs some text") }
    guard text.count <= 2_000 else {
        throw NoteError("A note has 2,000 characters at most; this one has \(text.count)")
    }
    return text
}
