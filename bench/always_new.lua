-- Ask each time with another Accept header: it changes nothing, and no cache has seen it before.
local asked = 0

request = function()
  asked = asked + 1
  wrk.headers["Accept"] = "application/json, none/" .. asked
  return wrk.format()
end
