import NIOCore
import NIOHTTP1
import Surfaces

/// A file of the dev console, or the client that pages import. The files are in `Console/Assets` and become part of
/// the executable.
enum ConsoleAsset: String, CaseIterable {
    case page = "/_/console/page.html"
    case style = "/_/console/page.css"
    case icon = "/_/console/icon.svg"
    case client = "/_/client.js"
    case console = "/_/console/console.js"
    case drafts = "/_/console/drafts.js"
    case feed = "/_/console/feed.js"
    case json = "/_/console/json.js"
    case skeletons = "/_/console/skeletons.js"
    case views = "/_/console/views.js"

    /// - Parameter path: the path of the request.
    init?(path: String) {
        self.init(rawValue: path)
    }

    /// The policy for the page in a browser. It permits content that comes from the emulator, and nothing that is
    /// written into the page.
    private static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
        form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'
        """

    private var bytes: [UInt8] {
        switch self {
        case .page: PackageResources.page_html
        case .style: PackageResources.page_css
        case .icon: PackageResources.icon_svg
        case .client: PackageResources.client_js
        case .console: PackageResources.console_js
        case .drafts: PackageResources.drafts_js
        case .feed: PackageResources.feed_js
        case .json: PackageResources.json_js
        case .skeletons: PackageResources.skeletons_js
        case .views: PackageResources.views_js
        }
    }

    private var contentType: String {
        switch self {
        case .page: "text/html; charset=utf-8"
        case .style: "text/css; charset=utf-8"
        case .icon: "image/svg+xml"
        case .client, .console, .drafts, .feed, .json, .skeletons, .views: "text/javascript; charset=utf-8"
        }
    }

    /// The response with the file.
    var response: Response {
        var headers: HTTPHeaders = [
            "Content-Type": contentType, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff",
            "Vary": "Origin",
        ]
        if self == .page { headers.add(name: "Content-Security-Policy", value: Self.contentSecurityPolicy) }
        return Response(status: .ok, headers: headers, body: ByteBuffer(bytes: bytes))
    }
}
