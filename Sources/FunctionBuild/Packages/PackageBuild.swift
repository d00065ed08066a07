import FoundationEssentials
package import Logging
import Subprocess

/// The part of a build that SwiftPM does: the worker, the SDK with its macros, and the packages that the functions
/// use.
package struct PackageBuild: Sendable {
    /// An event that is reported while a build runs.
    package enum Event: Sendable, Hashable {
        /// The beginning of a step, as in `step 5 of 42: Algorithms`.
        case progress(String)
        /// A message that the user should see at once, a sentence without a period.
        case message(String)
    }

    /// The outcome of a package build that did not fail.
    package enum Outcome: Sendable, Hashable {
        /// Nothing had changed, so SwiftPM did not run.
        case upToDate
        /// SwiftPM ran for the given time.
        case built(Duration)
    }

    private let layout: BuildLayout
    private let toolchain: Toolchain?
    private let logger: Logger

    /// The products that a worker and its plugins consist of. Package.swift has only these for `TARGETS=worker`.
    static let products = ["FunctionWorker", "APITransport", "FunctionDependencies"]

    /// The options of Scripts/build: with others everything is compiled again.
    private static let settings = ["--disable-index-store", "-debug-info-format", "none"]

    /// Creates a package build, which uses the toolchain of the `swiftc` on PATH by default.
    package init(layout: BuildLayout, toolchain: Toolchain? = nil, logger: Logger) {
        self.layout = layout
        self.toolchain = toolchain
        self.logger = logger
    }

    /// Builds the products in debug mode, unless their inputs have not changed since this method or `Scripts/build`
    /// last did so.
    ///
    /// - Parameters:
    ///   - report: called with each step as it begins, and at once when another SwiftPM process holds the package.
    /// - Throws: `cancelled` once SwiftPM and everything it started have ended; `toolFailed` when the manifest is
    ///   invalid, packages cannot be fetched, or a product does not compile.
    package func run(
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws(PluginBuildError) -> Outcome {
        let start = ContinuousClock.now
        let toolchain: Toolchain
        if let known = self.toolchain { toolchain = known } else { toolchain = try await Toolchain.find() }
        // The inputs are read before the build, so that files that change meanwhile are built the next time.
        let inputs = PackageStamp.inputs(layout: layout, toolchain: toolchain)
        let stamp = Files.contents(of: layout.packageStamp).map { String(decoding: $0, as: UTF8.self) }
        if stamp == PackageStamp.text(inputs: inputs, layout: layout) { return .upToDate }
        let isBuilt = missingProduct == nil && PackageStamp.isBuilt(layout: layout, toolchain: toolchain)
        if !isBuilt { try await build(toolchain, report: report) }
        try Files.makeFolder(layout.buildFolder)
        // The build itself may have written Package.resolved.
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
            // As in Scripts/build: without this option, everything is compiled again.
            arguments: ["build"] + Self.settings + ["--package-path", layout.packageRoot],
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

    /// A product that SwiftPM's plan lacks, even if an earlier build left it behind, or nil if the plan has all
    /// products.
    private var missingProduct: String? {
        let plan = Files.lines(of: layout.plan) ?? []
        return Self.products.first { product in
            !plan.contains { $0.hasSuffix("/\(product).product/Objects.LinkFileList\":") }
        }
    }
}
