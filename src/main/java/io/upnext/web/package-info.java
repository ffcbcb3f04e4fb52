/** What every page and every REST call share: problems, paging, idempotency keys, the shell of the pages. */
@org.springframework.modulith.ApplicationModule(displayName = "Web")
package io.upnext.web;
