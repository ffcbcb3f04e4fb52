/** Changes of a definition, step by step: pure functions from one definition to the next. */
package io.upnext.sequence.edit;
