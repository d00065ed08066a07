/// The credentials for a server, for use when the connection string does not contain them.
package struct MongoCredentials: Hashable, Sendable {
    package let username: String
    package let password: String

    package init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}
