/** Leads, opportunities, contacts and accounts: their fields, owners, states, timeline, lists, views and imports. */
@org.springframework.modulith.ApplicationModule(displayName = "Records")
package io.upnext.record;
