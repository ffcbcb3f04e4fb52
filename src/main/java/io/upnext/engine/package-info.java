/** The only user of the workflow engine: its schema, settings and lifecycle. */
@org.springframework.modulith.ApplicationModule(displayName = "Engine")
package io.upnext.engine;
