import Values

extension Settings {
    /// The settings that workers receive, as environment variables.
    var workerEnvironment: [String: String] {
        let access = apiAccess.map { "\(JSONValue.object($0))" } ?? ""
        return [
            SettingKey.apiClientBaseURL.environmentName: apiClientBaseURL,
            SettingKey.apiTimeoutMilliseconds.environmentName: "\(Int(apiTimeout / .milliseconds(1)))",
            SettingKey.apiStub.environmentName: apiStub ?? "", SettingKey.apiRecord.environmentName: apiRecord ?? "",
            SettingKey.apiAccess.environmentName: access,
            SettingKey.productionMode.environmentName: "\(signatureKeys != nil)",
        ]
    }
}
