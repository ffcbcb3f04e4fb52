/**
 * A sequence as a BPMN process: the compiler, the layout of its diagram, and how its elements are called. Pure functions
 * without an engine.
 */
@org.springframework.modulith.ApplicationModule(displayName = "BPMN")
package io.upnext.bpmn;
