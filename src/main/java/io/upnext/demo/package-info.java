/** What makes the product start complete without configuration; nothing here exists outside the demo profile. */
@org.springframework.modulith.ApplicationModule(displayName = "Demo")
package io.upnext.demo;
