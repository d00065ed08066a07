extension SettingKey {
    /// The values that a setting takes, its default, and its meaning.
    package struct Row: Sendable {
        /// The values that a setting takes.
        package enum Values: Sendable {
            /// A whole number.
            ///
            /// - Parameter standard: the default, or nil if it depends on the machine.
            case number(ClosedRange<Int>, standard: Int?)
            /// `true` or `false`.
            case flag
            /// A text.
            ///
            /// - Parameter expected: a description of the valid texts.
            case text(String, standard: String?)
            /// Texts, separated by commas, or a list in `workspace.yaml`.
            case list
            /// A folder, relative to the workspace's root.
            case folder
            /// A mapping, in `workspace.yaml` only.
            case mapping
        }

        package var values: Values
        /// The default as it is shown to people.
        package var standard: String
        /// A sentence without a period.
        package var help: String

        fileprivate init(_ help: String, _ values: Values, standard: String? = nil) {
            self.help = help
            self.values = values
            let known: String? =
                switch values {
                case .number(_, let number): number.map { "\($0)" }
                case .text(_, let text): text
                case .flag: "false"
                case .list, .folder, .mapping: nil
                }
            self.standard = standard ?? known ?? "none"
        }
    }

    /// The setting's row in the table of settings.
    package var row: Row {
        switch self {
        case .functions:
            Row(
                "The functions' folder; the folder that holds it is the workspace",
                .text("a folder", standard: "functions"), standard: "./functions")
        case .bind: Row("The address to listen on", .text("an address or a host name", standard: "127.0.0.1"))
        case .port: Row("The port to listen on, 0 for any free one", .number(0...65535, standard: 8020))
        case .logLevel:
            Row(
                "The least severe messages that are shown",
                .text(Settings.levels.joined(separator: ", "), standard: "INFO"))
        case .workersMax:
            Row("The number of worker processes at a time", .number(1...1024, standard: nil), standard: "4 × cores")
        case .queueMax:
            Row(
                "The number of calls that may wait, for a build or for a worker", .number(0...100_000, standard: 1000))
        case .workerIdleTimeoutMilliseconds:
            Row(
                "The time that a worker stays idle before it ends, in milliseconds",
                .number(100...86_400_000, standard: 30_000))
        case .functionMemoryMegabytes:
            Row("The resident memory that a call may use, in MB", .number(32...1_048_576, standard: 256))
        case .functionTimeoutMilliseconds:
            Row(
                "The longest time that a call may take once a worker has it, in milliseconds",
                .number(100...300_000, standard: 60_000))
        case .buildWaitMilliseconds:
            Row(
                "The longest time that a call waits for a build, in milliseconds",
                .number(0...3_600_000, standard: 60_000))
        case .documentStore:
            Row(
                "The place where documents are kept",
                .text("auto, container, mongod, none, or a connection string mongodb://…", standard: "auto"))
        case .documentDBPort:
            Row(
                "The port of a MongoDB that the emulator runs, if it is free", .number(1...65535, standard: 27017))
        case .keepData:
            Row("Whether documents in a MongoDB that the emulator runs are there again after the next start", .flag)
        case .allowOrigin:
            Row("The origins of web pages that may call, * for all", .list, standard: "loopback origins")
        case .allowHost: Row("The host names to answer for", .list, standard: "loopback names")
        case .apiClientBaseURL:
            Row(
                "The address at which functions find the cloud's API",
                .text("a URL, http://… or https://…", standard: "https://api.ayayot.com/"))
        case .apiTimeoutMilliseconds:
            Row(
                "The longest time that the API may take to answer, in milliseconds",
                .number(100...300_000, standard: 30_000))
        case .apiStub: Row("A folder of JSON files that answer in place of the API", .folder)
        case .apiRecord: Row("A folder to which the API's answers are written, for --api-stub", .folder)
        case .apiAccess:
            Row(
                "The resources of the API that functions may use, each with true or a list of methods", .mapping,
                standard: "all")
        case .productionMode: Row("Whether only signed requests are answered, without console and reload", .flag)
        case .signaturePublicKeys:
            Row(
                "The Ed25519 public keys (PEM, with commas) that count in production mode; write the flag with =, "
                    + "because they begin with dashes",
                .text("keys", standard: nil))
        }
    }

    /// The setting as `--help` describes it.
    package var help: String { "\(row.help). (\(environmentName), default: \(row.standard))" }

    /// The page `docs/settings.md`.
    package static var document: String {
        let rows = allCases.map { key -> String in
            let flag = key.hasFlag ? "`--\(key.rawValue)`" : "–"
            let variable = key.hasFlag ? "`\(key.environmentName)`" : "–"
            let fileKey = key.fileKey.map { "`\($0)`" } ?? "–"
            return
                "| \(flag) | \(variable) | \(fileKey) | \(key.row.valuesText) | \(key.row.standard) | \(key.row.help) |"
        }
        return """
            # Settings

            A flag of `workspace run` counts first, then the environment, then `workspace.yaml` in the workspace's
            root. With make: `make run PORT=8021 ARGS="--log-level debug"`. This page is made by `.build/workspace
            settings`.

            | Flag | Environment | workspace.yaml | Values | Default | Meaning |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }
}

extension SettingKey.Row {
    fileprivate var valuesText: String {
        switch values {
        case .number(let range, _): "\(range.lowerBound)–\(range.upperBound)"
        case .flag: "true, false"
        case .text(let expected, _): expected
        case .list: "texts with commas, or a list"
        case .folder: "a folder, from the workspace's root"
        case .mapping: "a mapping"
        }
    }
}
