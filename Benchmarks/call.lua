-- Repeats the call whose JSON is in the file that the environment variable CALL_FILE names.
local file = assert(io.open(os.getenv("CALL_FILE"), "rb"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = file:read("*a")
file:close()

-- Prints the calls a second, the median and the 99th percentile of the latency in microseconds, and the number of
-- errors.
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format("RESULT %.1f %.0f %.0f %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
