/** The design of sequences: definition, checks, life cycle, versions and tags. */
@org.springframework.modulith.ApplicationModule(displayName = "Sequence")
package io.upnext.sequence;
