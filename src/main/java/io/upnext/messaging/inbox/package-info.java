/** Replies as conversations: who they are for, what was written to and fro, and the answer. */
package io.upnext.messaging.inbox;
