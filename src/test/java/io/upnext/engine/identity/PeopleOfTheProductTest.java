package io.upnext.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.security.Role;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.Locale;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class PeopleOfTheProductTest {

    @Autowired
    IdentityService identity;

    @Autowired
    TestUsers users;

    Person seller;
    Person administrator;
    String team;

    @BeforeEach
    void people() {
        seller = users.with(Role.SALESPERSON);
        administrator = users.administrator();
        team = EngineIds.group(users.team(seller.unit(), seller, administrator).id());
    }

    @Test
    void aUserOfTheProductIsAUserOfTheEngineByItsUserName() {
        var found = identity.createUserQuery().userId(seller.username()).singleResult();

        assertThat(found.getFirstName() + " " + found.getLastName())
                .isEqualTo(seller.user().name());
        assertThat(found.getPassword()).isNull();
        assertThat(countOf("nobody-of-this-name")).isZero();
        assertThat(countOf(seller.username().toUpperCase(Locale.ROOT))).isZero();
    }

    @Test
    void teamsAndAdministratorsAreGroups() {
        assertThat(identity.createGroupQuery().groupMember(seller.username()).list())
                .extracting(Group::getId)
                .containsExactly(team);
        assertThat(identity.createGroupQuery()
                        .groupMember(administrator.username())
                        .list())
                .extracting(Group::getId)
                .containsExactlyInAnyOrder(team, EngineIds.ADMINISTRATORS);
        assertThat(identity.createUserQuery().memberOfGroup(team).list())
                .extracting(User::getId)
                .containsExactlyInAnyOrder(seller.username(), administrator.username());
        assertThat(identity.createUserQuery()
                        .memberOfGroup(EngineIds.ADMINISTRATORS)
                        .list())
                .extracting(User::getId)
                .contains(administrator.username())
                .doesNotContain(seller.username());
    }

    @Test
    void queriesAreFilteredSortedAndPaged() {
        var all = both().list();

        assertThat(both().count()).isEqualTo(2);
        assertThat(all).hasSize(2);
        assertThat(both().listPage(1, 5))
                .extracting(User::getId)
                .containsExactly(all.get(1).getId());
        assertThat(both().listPage(0, 1))
                .extracting(User::getId)
                .containsExactly(all.get(0).getId());
        assertThat(identity.createUserQuery()
                        .userIdIn(seller.username(), administrator.username())
                        .userEmailLike(seller.username().toUpperCase(Locale.ROOT) + "@%")
                        .list())
                .extracting(User::getId)
                .containsExactly(seller.username());
        assertThat(identity.createGroupQuery()
                        .groupId(team)
                        .groupType("WORKFLOW")
                        .groupNameLike("%eam%")
                        .count())
                .isOne();
    }

    @Test
    void nobodyLogsInByTheEngine() {
        assertThat(identity.checkPassword(seller.username(), seller.password())).isFalse();
    }

    @Test
    void nothingOfPeopleIsWrittenInTheEngine() {
        assertThat(identity.isReadOnly()).isTrue();
        assertThatThrownBy(() -> identity.newUser("evil")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> identity.deleteUser(seller.username()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> identity.createMembership(seller.username(), EngineIds.ADMINISTRATORS))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(identity::createNativeUserQuery).isInstanceOf(BadUserRequestException.class);
    }

    private UserQuery both() {
        return identity.createUserQuery()
                .userIdIn(seller.username(), administrator.username())
                .orderByUserId()
                .asc();
    }

    private long countOf(String username) {
        return identity.createUserQuery().userId(username).count();
    }
}
