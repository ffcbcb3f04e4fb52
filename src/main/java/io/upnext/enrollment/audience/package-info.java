/** Audiences: filters and views that connect whoever enters them to a sequence. */
package io.upnext.enrollment.audience;
