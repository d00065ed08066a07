/// The reason that a MongoDB server is not available, and its remedy.
struct StoreProblem: Error, Equatable {
    /// The problem as a clause, which follows the name of the way that was tried.
    let message: String
    /// The remedy, as a sentence.
    let remedy: String
    /// Whether the problem is normal on many machines, so that it is not reported if another way works.
    var isOrdinary = false

    // MARK: - Container engines

    static let noEngineCommand = StoreProblem(
        message: "there is no docker or podman command on PATH", remedy: "Install a container engine.",
        isOrdinary: true)

    static func engineDown(_ command: String, _ detail: String) -> StoreProblem {
        StoreProblem(
            message: "no container engine answers: \(detail)",
            remedy: "Start the container engine that the command \(command) uses, and look at DOCKER_HOST.",
            isOrdinary: true)
    }

    static func engineSlow(_ command: String, _ patience: Duration) -> StoreProblem {
        StoreProblem(
            message: "no container engine answers within \(patience.components.seconds) s",
            remedy: "Start the container engine anew, or give it time with DOCUMENT_STORE=container.", isOrdinary: true)
    }

    static func imageMissing(_ image: String, command: String, _ detail: String) -> StoreProblem {
        StoreProblem(
            message: "the image \(image) is not there and cannot be pulled: \(detail)",
            remedy: "Pull it once while the machine is online: \(command) pull \(image).")
    }

    static func nameTaken(_ detail: String) -> StoreProblem {
        StoreProblem(
            message: "another container has its name: \(detail)",
            remedy: "Rename or remove that container; the emulator removes its own only.")
    }

    // MARK: - Programs

    static let noMongodOnPath = StoreProblem(
        message: "there is none", remedy: "Install mongod.", isOrdinary: true)

    static func notInstalled(_ detail: String) -> StoreProblem {
        StoreProblem(
            message: "it cannot be installed: \(detail)", remedy: "Fix that, or install mongod so that it is on PATH.")
    }

    static func missingLibrary(_ library: String, _ line: String) -> StoreProblem {
        let package = ["libcurl.so.4": "libcurl4", "libssl.so.3": "libssl3", "libcrypto.so.3": "libssl3"][library]
        return StoreProblem(
            message: "it lacks a shared library: \(line)",
            remedy: package.map { "Install it; on Debian: apt-get install \($0)." }
                ?? "Install the package that holds \(library).")
    }

    static func unsupportedProcessor(_ line: String) -> StoreProblem {
        StoreProblem(
            message: "this processor lacks instructions that it needs (AVX): \(line)",
            remedy: "Name a server on another machine: DOCUMENT_STORE=mongodb://HOST:PORT.")
    }

    static func systemTooOld(_ line: String) -> StoreProblem {
        StoreProblem(
            message: "it needs a newer system: \(line)", remedy: "Use a container, or a mongod made for this system.")
    }

    // MARK: - Servers

    static func portTaken(_ port: Int) -> StoreProblem {
        StoreProblem(
            message: "its port is taken again and again, at last \(port)",
            remedy: "Name a free port with DOCUMENT_DB_PORT.")
    }

    static let noFreePort = StoreProblem(
        message: "the system has no free port", remedy: "End programs that hold many connections.")

    static func folder(_ path: String, _ detail: String) -> StoreProblem {
        StoreProblem(
            message: "its folder \(path) cannot be made: \(detail)", remedy: "Remove what is there, or make room.")
    }

    static func ended(_ how: String, lastWords: String?) -> StoreProblem {
        StoreProblem(
            message: "it \(how) at its start" + (lastWords.map { ": \($0)" } ?? ""),
            remedy: "See all that it says with LOGGER_LOG_LEVEL=DEBUG.")
    }

    static func notReady(within patience: Duration, lastWords: String?) -> StoreProblem {
        StoreProblem(
            message: "it was not ready within \(patience.components.seconds) s" + (lastWords.map { ": \($0)" } ?? ""),
            remedy: "See all that it says with LOGGER_LOG_LEVEL=DEBUG.")
    }

    static func silent(port: Int) -> StoreProblem {
        StoreProblem(
            message: "it runs, but nothing answers at 127.0.0.1:\(port)",
            remedy: "A container engine on another machine (DOCKER_HOST) does not do: use one on this machine.")
    }
}
