import FoundationEssentials
package import Logging
import Subprocess

/// The part of a build that is SwiftPM's: the worker, the SDK with its macros, and the packages the functions use.
package struct PackageBuild: Sendable {
    /// What is reported while a build runs.
    package enum Event: Sendable, Hashable {
        /// The step that begins, as in `step 5 of 42: Algorithms`.
        case progress(String)
        /// Something the user should know at once, a sentence without a period.
        case message(String)
    }

    /// How a package build ended that did not fail.
    package enum Outcome: Sendable, Hashable {
        /// Nothing had changed, so that SwiftPM did not run.
        case upToDate
        /// SwiftPM ran for so long.
        case built(Duration)
    }

    private let layout: BuildLayout
    private let toolchain: Toolchain?
    private let logger: Logger

    /// The products that a worker and its plugins are made of; Package.swift has only these for `TARGETS=worker`.
    static let products = ["FunctionWorker", "APITransport", "FunctionDependencies"]

    /// Creates a package build; without a toolchain that of the `swiftc` on PATH is used.
    package init(layout: BuildLayout, toolchain: Toolchain? = nil, logger: Logger) {
        self.layout = layout
        self.toolchain = toolchain
        self.logger = logger
    }

    /// Builds the products in debug, unless nothing they are made of has changed since this or `Scripts/build` did so last.
    ///
    /// - Parameters:
    ///   - report: Called with each step as it begins, and at once when another SwiftPM holds the package.
    /// - Throws: `cancelled` once SwiftPM and all it started have ended; `toolFailed` when the manifest is wrong, packages
    ///   cannot be had, or a product does not compile.
    package func run(
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws(PluginBuildError) -> Outcome {
        let start = ContinuousClock.now
        let toolchain: Toolchain
        if let known = self.toolchain { toolchain = known } else { toolchain = try await Toolchain.find() }
        // Taken before the build: what changes meanwhile is built the next time.
        let inputs = PackageStamp.inputs(layout: layout, toolchain: toolchain)
        let stamp = Files.contents(of: layout.packageStamp).map { String(decoding: $0, as: UTF8.self) }
        if stamp == PackageStamp.text(inputs: inputs, layout: layout) { return .upToDate }
        let isBuilt =
            stamp == nil && missingProduct == nil && PackageStamp.isBuilt(layout: layout, toolchain: toolchain)
        if !isBuilt { try await build(toolchain, report: report) }
        try Files.makeFolder(layout.buildFolder)
        // Package.resolved may be new since; it is the build's own doing.
        let resolved = PackageStamp.updated(inputs, layout: layout, toolchain: toolchain)
        try Files.write(PackageStamp.text(inputs: resolved, layout: layout).utf8, to: layout.packageStamp)
        return isBuilt ? .upToDate : .built(.now - start)
    }

    private func build(
        _ toolchain: Toolchain, report: @escaping @Sendable (Event) -> Void
    ) async throws(PluginBuildError) {
        logger.debug("Building the worker's products")
        let run = ToolRun(
            executable: toolchain.swift,
            // As in Scripts/build: without this everything is compiled again.
            arguments: ["build", "--disable-index-store", "--package-path", layout.packageRoot],
            workingFolder: layout.packageRoot, variables: ["TARGETS": "worker"], interruptGrace: .seconds(2))
        let outcome = try await run.run { line in
            if let message = PackageOutput.waitingMessage(line) { report(.message(message)) }
            PackageOutput.progress(line).map { report(.progress($0)) }
        }
        if !outcome.status.isSuccess {
            throw PackageOutput.failure(output: outcome.output, layout: layout)
        }
        if let missingProduct { throw PackageOutput.missing(product: missingProduct, output: outcome.output) }
    }

    /// A product that SwiftPM's plan lacks, though an earlier build may have left it; nil when it has all.
    private var missingProduct: String? {
        let plan = Files.lines(of: layout.plan) ?? []
        return Self.products.first { product in
            !plan.contains { $0.hasSuffix("/\(product).product/Objects.LinkFileList\":") }
        }
    }
}
