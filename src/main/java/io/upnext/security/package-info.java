/** Who may do what: log-in, users, units, teams, roles, API keys, settings, secrets and the audit log. */
@org.springframework.modulith.ApplicationModule(displayName = "Security")
package io.upnext.security;
