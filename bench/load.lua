-- Requests for wrk, each by the next coach; the figures as one line of JSON at the end.
-- Arguments: method, file of tokens, file of paths, and for POST a word no e-mail address has yet.

local requests, sent, method, word = {}, 0, "GET", ""

local function lines(name)
  local found = {}
  for line in io.lines(name) do found[#found + 1] = line end
  return found
end

function init(args)
  method, word = args[1], args[4]
  local tokens, paths = lines(args[2]), lines(args[3])
  for turn = 1, math.max(#tokens, #paths) do
    local token, path = tokens[(turn - 1) % #tokens + 1], paths[(turn - 1) % #paths + 1]
    requests[turn] = method .. " " .. path .. " HTTP/1.1\r\nHost: bench\r\n"
      .. "Authorization: Bearer " .. token .. "\r\n"
  end
end

function request()
  sent = sent + 1
  local head = requests[(sent - 1) % #requests + 1]
  if method == "GET" then return head .. "\r\n" end
  local key = ""
  if method == "KEYED" then
    head = "POST" .. head:sub(6)
    key = "Idempotency-Key: " .. word .. sent .. "\r\n"
  end
  local body = '{"first_name":"Ada","last_name":"Lovelace","email":"' .. word .. sent
    .. '@example.test","company":"Analytical Engines","tags":["VIP","Group 1"]}'
  return head .. key .. "Content-Type: application/json\r\nContent-Length: " .. #body
    .. "\r\n\r\n" .. body
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "bad": %d, "p50": %f, "p99": %f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
