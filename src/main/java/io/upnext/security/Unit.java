package io.upnext.security;

import io.upnext.shared.UnitId;

/** A business unit; units form a tree. @param parent the unit above, or null at the top */
public record Unit(UnitId id, String name, UnitId parent) {}
