import SystemSupport

/// A surveyor that looks at everything in a scope and watches each folder before it lists it.
struct Surveyor {
    /// The outcome of a survey.
    enum Outcome {
        case surveyed(Survey)
        /// The file system of this folder, of the given type, delivers no events. Nothing is known of the files.
        case silent(folder: String, fileSystem: String)
    }

    private let scope: WatchScope
    /// The inotify instance, or nil if files are compared and not watched.
    private let inotify: Inotify?
    private let mounts: () -> MountTable

    private var survey = Survey()
    /// The number of times each folder was entered.
    private var visits: [FileStamp.Identity: Int] = [:]
    private var silent: (folder: String, fileSystem: String)?
    /// Whether a folder disappeared between being looked up and being watched, so that no watch would report its
    /// return.
    private var isIncomplete = false

    /// The largest number of links to follow for one path, as in the kernel.
    private static let maximumLinks = 40
    /// The largest number of paths under which one folder is entered. Without it, links in two folders that lead to
    /// each other would make more and more paths.
    private static let maximumVisits = 8

    private init(scope: WatchScope, inotify: Inotify?, mounts: @escaping () -> MountTable, trusted: Set<UInt64>) {
        self.scope = scope
        self.inotify = inotify
        self.mounts = mounts
        survey.devices = trusted
    }

    /// Surveys a scope, and ends the watches of `previous` that the new survey does not need.
    static func survey(
        _ scope: WatchScope, inotify: Inotify?, mounts: @escaping () -> MountTable = MountTable.current,
        previous: Survey? = nil
    ) throws(FileWatchingError) -> Outcome {
        var unneeded = Set((previous?.folders ?? [:]).keys)
        var remainingAttempts = 8
        while true {
            let trusted = previous?.devices ?? []
            var surveyor = Surveyor(scope: scope, inotify: inotify, mounts: mounts, trusted: trusted)
            try surveyor.run()
            if let silent = surveyor.silent { return .silent(folder: silent.folder, fileSystem: silent.fileSystem) }
            remainingAttempts -= 1
            guard !surveyor.isIncomplete || remainingAttempts == 0 else {
                unneeded.formUnion(surveyor.survey.folders.keys)
                continue
            }
            unneeded.subtract(surveyor.survey.folders.keys)
            if let inotify { for watch in unneeded { inotify.stopWatching(watch) } }
            return .surveyed(surveyor.survey)
        }
    }

    private mutating func run() throws(FileWatchingError) {
        for file in scope.files {
            guard try resolve(file, reporting: file) != nil else { continue }
            survey.files[file] = stamp(ofFile: file)
        }
        for folder in scope.folders {
            guard let place = try resolve(folder, reporting: nil), let stamp = FileStamp(path: place) else { continue }
            survey.roots[folder] = stamp
            try walk(from: .init(path: folder, relativePath: ""), at: place)
        }
    }

    private func stamp(ofFile path: String) -> FileStamp? {
        FileStamp(path: path).flatMap { $0.kind == .folder ? nil : $0 }
    }
}

// MARK: - Trees

extension Surveyor {
    /// A folder that is still to be entered.
    private struct Visit {
        var view: WatchedFolder.View
        /// The folder's path without links.
        var place: String
        /// The folders it was reached through.
        var ancestors: [FileStamp.Identity]
    }

    private mutating func walk(from view: WatchedFolder.View, at place: String) throws(FileWatchingError) {
        var visits = [Visit(view: view, place: place, ancestors: [])]
        while var visit = visits.popLast() {
            guard try enter(&visit) else { continue }
            for (name, kind) in try FolderListing.names(in: visit.place) {
                let view = visit.view.appending(name)
                let place = visit.place + "/" + name
                switch kind ?? FileStamp(path: place, following: false)?.kind {
                case .file where scope.isRelevant(view.relativePath):
                    survey.files[view.path] = stamp(ofFile: place)
                case .folder where scope.entersFolder(view.relativePath):
                    visits.append(Visit(view: view, place: place, ancestors: visit.ancestors))
                case .link:
                    guard let target = try follow(place, as: view) else { continue }
                    visits.append(Visit(view: view, place: target, ancestors: visit.ancestors))
                default: break
                }
            }
        }
    }

    /// Watches a folder before it is listed. Returns false if it is gone, was reached in a circle, or was entered too
    /// often.
    private mutating func enter(_ visit: inout Visit) throws(FileWatchingError) -> Bool {
        guard let stamp = FileStamp(path: visit.place) else { return false }
        let isCircle = visit.ancestors.contains(stamp.identity)
        guard !isCircle, visits[stamp.identity, default: 0] < Self.maximumVisits else { return false }
        visits[stamp.identity, default: 0] += 1
        visit.ancestors.append(stamp.identity)
        if let watch = try watch(visit.place, for: .contents) {
            survey.folders[watch, default: .init()].views.append(visit.view)
        }
        return true
    }

    /// Follows a link in a tree. Returns the target's path without links if it is a folder to enter, and otherwise
    /// nil.
    private mutating func follow(_ link: String, as view: WatchedFolder.View) throws(FileWatchingError) -> String? {
        let isRelevant = scope.isRelevant(view.relativePath)
        let isEntered = scope.entersFolder(view.relativePath)
        guard isRelevant || isEntered else { return nil }
        guard let target = try resolve(link, reporting: isRelevant ? view.path : nil) else { return nil }
        guard let stamp = FileStamp(path: target) else { return nil }
        if stamp.kind == .folder { return isEntered ? target : nil }
        if isRelevant { survey.files[view.path] = stamp }
        return nil
    }
}

// MARK: - Paths

extension Surveyor {
    /// Follows a path through its links, watching every name that could lead it elsewhere.
    ///
    /// These are the links, the last name, and the first missing one. If a folder above the last one is moved away,
    /// that goes unnoticed.
    ///
    /// - Returns: the path without links, or nil if it leads nowhere.
    private mutating func resolve(_ path: String, reporting file: String?) throws(FileWatchingError) -> String? {
        var place = ""
        var names = Array(path.split(separator: "/").map(String.init).reversed())
        var links = 0
        while let name = names.popLast() {
            if name == "." { continue }
            if name == ".." {
                place = Self.parent(of: place)
                continue
            }
            let candidate = place + "/" + name
            let isLast = names.isEmpty
            var kind = FileStamp(path: candidate, following: false)?.kind
            if isLast || kind != .folder {
                try note(name, in: place, reporting: isLast ? file : nil)
                kind = FileStamp(path: candidate, following: false)?.kind
            }
            switch kind {
            case .link:
                links += 1
                guard links <= Self.maximumLinks, let target = FolderListing.target(ofLink: candidate) else {
                    return nil
                }
                if target.hasPrefix("/") { place = "" }
                names += target.split(separator: "/").map(String.init).reversed()
            case .folder: place = candidate
            case .file, .other:
                guard isLast else { return nil }
                place = candidate
            case nil:
                if file == nil || !isLast { try noteAncestors(of: place) }
                return nil
            }
        }
        return place.isEmpty ? "/" : place
    }

    /// Watches all folders on a path while something is missing at its end, because they may disappear next.
    ///
    /// The kernel does not report a folder's deletion while it is the working folder of a process, but reports it for
    /// the folder's parent.
    private mutating func noteAncestors(of place: String) throws(FileWatchingError) {
        var folder = place
        while !folder.isEmpty {
            let parent = Self.parent(of: folder)
            try note(String(folder.dropFirst(parent.count + 1)), in: parent, reporting: nil)
            folder = parent
        }
    }

    private mutating func note(_ name: String, in place: String, reporting file: String?) throws(FileWatchingError) {
        guard inotify != nil else { return }
        let interest: Inotify.Interest = file == nil ? .names : .contents
        guard let watch = try watch(place.isEmpty ? "/" : place, for: interest) else {
            isIncomplete = true
            return
        }
        survey.folders[watch, default: .init()].waypoints[name, default: []].formUnion(file.map { [$0] } ?? [])
    }

    private mutating func watch(_ place: String, for interest: Inotify.Interest) throws(FileWatchingError) -> Int32? {
        guard let inotify, let watch = try inotify.watch(place, for: interest) else { return nil }
        if let stamp = FileStamp(path: place), survey.devices.insert(stamp.identity.device).inserted,
            let type = mounts().fileSystem(of: place), !MountTable.deliversEvents(fileSystem: type)
        {
            silent = silent ?? (place, type)
        }
        return watch
    }

    private static func parent(of place: String) -> String {
        place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
    }
}
