/** What a received message is, from nothing but its bytes: parsing, classes, bounces, absences. No database, no clock. */
package io.upnext.messaging.inspection;
