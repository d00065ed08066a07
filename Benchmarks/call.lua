-- Repeats the call whose JSON is in the variable CALL.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("CALL")

done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format("RESULT %.0f %.0f %.0f %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
