package io.upnext.messaging;

import io.upnext.messaging.inbox.Answering;
import io.upnext.messaging.inbox.Conversations;
import io.upnext.messaging.inbox.TextAnswering;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.TeamId;
import io.upnext.shared.TextMessageId;
import io.upnext.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Replies, each in the conversation it belongs to. A seller sees and answers the own ones and those of the own teams; who
 * manages a team's work ({@link Right#MANAGE_TEAM_WORK}) reads those of the own unit.
 */
@Component
public class Inbox {

    private final Conversations conversations;
    private final Answering answering;
    private final TextAnswering textAnswering;
    private final Users users;
    private final AuditLog audit;

    Inbox(Conversations conversations, Answering answering, TextAnswering textAnswering, Users users, AuditLog audit) {
        this.conversations = conversations;
        this.answering = answering;
        this.textAnswering = textAnswering;
        this.users = users;
        this.audit = audit;
    }

    /** @param team those of everybody the caller may look over the shoulder of, else the own ones; newest first */
    public Paged<Conversation> list(CurrentUser user, boolean team, boolean unread, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("The inbox is listed newest first; leave 'sort' out.");
        }
        List<UUID> owners = team ? ofTeam(user) : own(user);
        return Paged.of(conversations.list(owners, unread, page), page, conversations.count(owners, unread));
    }

    /** How many of the own conversations hold something unread. */
    public long unread(CurrentUser user) {
        return conversations.count(own(user), true);
    }

    /** @throws NotFoundException where there is none that the user may see */
    public Conversation get(CurrentUser user, UUID id) {
        return conversations
                .find(id)
                .filter(conversation -> sees(user, conversation))
                .orElseThrow(() -> new NotFoundException("There is no conversation '" + id + "' that you may see."));
    }

    public List<Conversation.Message> messages(CurrentUser user, UUID id) {
        return conversations.messages(get(user, id).enrollment());
    }

    public boolean mayAnswer(CurrentUser user, Conversation conversation) {
        return own(user).contains(conversation.owner());
    }

    /** @throws ForbiddenException where the user may only look */
    public Conversation requireOwn(CurrentUser user, UUID id) {
        Conversation conversation = get(user, id);
        if (!mayAnswer(user, conversation)) {
            throw new ForbiddenException("This conversation is another's: you may read it, not answer or change it.");
        }
        return conversation;
    }

    @Transactional
    public void read(CurrentUser user, UUID id, boolean read) {
        requireOwn(user, id);
        conversations.read(id, read);
    }

    /**
     * Sends an answer in the thread, even where the enrollment has ended. The same id twice is one mail.
     *
     * @param written a subject left out is "Re:" and that of the reply
     */
    @Transactional
    public MailId answer(CurrentUser user, UUID id, MailId mail, OutgoingMail.Written written) {
        Conversation conversation = requireOwn(user, id);
        MailId queued = answering.answer(user, conversation, mail, written);
        audit.add(user.actor(), "inbox.answer", "conversation:" + id, null, Map.of("mail", queued.toString()));
        return queued;
    }

    /** Answers by text where all came by text, to the number they came from. The same id twice is one text. */
    @Transactional
    public TextMessageId answer(CurrentUser user, UUID id, TextMessageId text, String written) {
        textAnswering.answer(user, requireOwn(user, id), text, written);
        audit.add(user.actor(), "inbox.answer", "conversation:" + id, null, Map.of("text", text.toString()));
        return text;
    }

    /** Whom an answer would go to, and under which subject. */
    public Addressed addressed(Conversation conversation) {
        return new Addressed(answering.to(conversation), Answering.subject(conversation));
    }

    public record Addressed(String to, String subject) {}

    private boolean sees(CurrentUser user, Conversation conversation) {
        List<UUID> owners = ofTeam(user);
        return mayAnswer(user, conversation) || owners == null || owners.contains(conversation.owner());
    }

    private static List<UUID> own(CurrentUser user) {
        List<UUID> own = new ArrayList<>(List.of(user.id().value()));
        user.teams().stream().map(TeamId::value).forEach(own::add);
        return own;
    }

    /** Null is everybody. */
    private List<UUID> ofTeam(CurrentUser user) {
        if (!user.may(Right.MANAGE_TEAM_WORK)) {
            return own(user);
        }
        if (user.visibleUnits() == null) {
            return null;
        }
        List<UUID> owners = new ArrayList<>(own(user));
        users.all().stream()
                .filter(other -> user.sees(other.unit()))
                .map(other -> other.id().value())
                .forEach(owners::add);
        users.teams().stream()
                .filter(team -> user.sees(team.unit()))
                .map(team -> team.id().value())
                .forEach(owners::add);
        return owners;
    }

    /** The name of whose a conversation is. */
    public String ownerName(Conversation conversation) {
        return users.find(new UserId(conversation.owner()))
                .map(io.upnext.security.User::name)
                .or(() -> users.team(new TeamId(conversation.owner())).map(io.upnext.security.Team::name))
                .orElse("");
    }
}
