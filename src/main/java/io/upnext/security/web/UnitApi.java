package io.upnext.security.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.security.Access;
import io.upnext.security.Unit;
import io.upnext.security.UnitsAndTeams;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UnitId;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tree of business units: everybody sees it, administrators change it. */
@RestController
@RequestMapping("/api/v1/units")
class UnitApi {

    private final Users users;
    private final UnitsAndTeams units;
    private final Access access;

    UnitApi(Users users, UnitsAndTeams units, Access access) {
        this.users = users;
        this.units = units;
        this.access = access;
    }

    @JsonIgnoreProperties("id")
    record Body(String name, UnitId parent) {}

    @GetMapping
    Paged<Unit> list(PageQuery page) {
        return Lists.page(users.units(), page, Map.of("name", Unit::name), Unit::id);
    }

    @GetMapping("/{id}")
    Unit one(@PathVariable UnitId id) {
        return users.unit(id).orElseThrow(() -> new NotFoundException("There is no unit '" + id + "'."));
    }

    @PostMapping
    ResponseEntity<Unit> create(@RequestBody Body body) {
        var unit = units.createUnit(access.current(), body.name(), body.parent());
        return ResponseEntity.created(URI.create("/api/v1/units/" + unit.id())).body(unit);
    }

    @PutMapping("/{id}")
    Unit change(@PathVariable UnitId id, @RequestBody Body body) {
        return units.changeUnit(access.current(), new Unit(id, body.name(), body.parent()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UnitId id) {
        units.deleteUnit(access.current(), id);
    }
}
