/// Who connects to a server, where the connection string does not say it.
package struct MongoCredentials: Hashable, Sendable {
    package let username: String
    package let password: String

    package init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}
