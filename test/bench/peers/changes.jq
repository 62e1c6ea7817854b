# The calls that bring the account to what the file says, one a line: METHOD, path, body, by tabs.
# Arguments: $desired, $operators and $subscriptions, each a list of one document.
$desired[0] as $want
| ($operators[0].result | map({key: (.email | ascii_downcase), value: .}) | from_entries) as $people
| ($subscriptions[0].result | map({key: "\(.event) \(.targetUrl)", value: .}) | from_entries) as $hooks
| def fields: {email, name, jobTitle, role, language, image} | with_entries(select(.value != null));
  ( $want.webhooks[] as $hook | $hook.events[] as $event
    | select($hooks["\($event) \($hook.url)"] == null)
    | ["POST", "/events/subscriptions", ({event: $event, targetUrl: $hook.url, essential: false} | tojson)] ),
  ( $want.operators[] as $one | $people[$one.email | ascii_downcase] as $live
    | select($live != null and ($live + ($one | fields)) != $live)
    | ["PUT", "/operators/\($live.id)", ($live + ($one | fields) | fields | tojson)] ),
  ( $want.operators[] as $one | $people[$one.email | ascii_downcase] as $live
    | select($live == null)
    | ["POST", "/operators", ($one | fields | tojson)] ),
  ( $want.operators[] as $one | $people[$one.email | ascii_downcase] as $live
    | select($live != null and $one.status != null and $one.status != $live.lastStatus)
    | ["POST", "/operators/\($live.id)/status", ({status: $one.status, ttl: 86400} | tojson)] )
| @tsv
