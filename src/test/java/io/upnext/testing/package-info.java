/**
 * What tests share: one PostgreSQL per JVM, one Spring context, a clock that only tests move, and jobs that run when a
 * test says so. No module of the product.
 */
package io.upnext.testing;
