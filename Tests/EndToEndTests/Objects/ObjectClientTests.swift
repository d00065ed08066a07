import TestSupport
import Testing
import Values

/// Tests of `createObjectStorageClient` of `/_/client.js`, in a page of another origin.
@Suite(.supervised, .tags(.large))
struct ObjectClientTests {
    @Test func aPageStoresListsReadsReplacesAndRemoves() throws {
        let workspace = try RunningWorkspace(["functions/ayayot/objectstorage_v1.swift": ObjectStorageTests.functions])
        try workspace.waitUntilBuilt()
        let browser = try Browser()
        let server = try PageServer("<!DOCTYPE html><title>A component</title><link rel=icon href='data:,'>")
        let page = try browser.open("http://localhost:\(server.port)/")
        let result = try page.evaluate(
            """
            (async () => {
                const { createObjectStorageClient } = await import('http://127.0.0.1:\(workspace.port)/_/client.js');
                const context = {
                    company: { publicId: 'c', name: 'Zoë 😀' },
                    asset: { publicId: 'a', name: 'A', permissions: ['MANAGE_ASSET'] },
                };
                const storage = createObjectStorageClient({ context });
                const stored = await storage.store(new File(['one'], 'é.txt', { type: 'text/plain' }));
                const { entries } = await storage.getList();
                const first = await (await storage.download(stored.publicId)).text();
                const updated = await storage.update(stored.publicId, new Blob(['two!']), 'b.txt');
                const second = await (await storage.download(stored.publicId)).text();
                await storage.remove(stored.publicId);
                const gone = await storage.download(stored.publicId).catch((error) => error.code);
                const denied = await createObjectStorageClient({}).getList().catch((error) => [error.code, error.status]);
                storage.destroy();
                const destroyed = await storage.getList().catch((error) => error.code);
                return { name: stored.name, type: stored.contentType, count: entries.length, first, second,
                         updated: updated.name, size: updated.size, gone, denied, destroyed };
            })()
            """)
        #expect(
            result == [
                "name": "é.txt", "type": "text/plain", "count": 1, "first": "one", "second": "two!",
                "updated": "b.txt", "size": 4, "gone": "object-not-found", "denied": ["object-access-denied", 403],
                "destroyed": "client-destroyed",
            ], "\(result)")
    }
}
