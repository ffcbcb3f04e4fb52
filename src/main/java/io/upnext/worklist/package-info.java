/** Up next, the work list and what sellers do with their steps. */
@org.springframework.modulith.ApplicationModule(displayName = "Work list")
package io.upnext.worklist;
