# The same rules for conftest: conftest test --policy chaport.rego plan.json
package main

import rego.v1

deny contains message if {
	some change in input.changes
	some effect in change.effects
	effect.code == "gains-admin"
	message := sprintf("%s becomes an admin: ask security first", [change.key])
}

deny contains message if {
	some change in input.changes
	change.action == "create"
	email := change.after.email
	not endswith(email, "@acme.example")
	message := sprintf("%s is not one of us", [change.key])
}
