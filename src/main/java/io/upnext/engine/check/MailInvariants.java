package io.upnext.engine.check;

import java.util.List;

/** No mail twice for one visit of a step, and none that is claimed, waited for or told of for ever. */
final class MailInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("mail-twice", "The visit of a step has %s mails.", """
                    select m.step_run::text as subject, min(m.enrollment::text)::uuid as enrollment,
                        count(*)::text as detail
                    from mail m
                    where m.step_run is not null and (:sequence::uuid is null or exists (
                        select 1 from enrollment e where e.id = m.enrollment and e.sequence_id = :sequence))
                    group by m.step_run having count(*) > 1
                    limit :most
                    """),
            new Invariant("mail-sent-twice", "The mail was reported sent %s times.", """
                    select v.mail::text as subject, min(v.enrollment::text)::uuid as enrollment,
                        count(*)::text as detail
                    from mail_event v
                    where v.kind = 'SENT' and (:sequence::uuid is null or exists (
                        select 1 from enrollment e where e.id = v.enrollment and e.sequence_id = :sequence))
                    group by v.mail having count(*) > 1
                    limit :most
                    """),
            new Invariant("mail-claim", "The mail was claimed at %s and nobody has finished with it.", """
                    select m.id::text as subject, m.enrollment, m.claimed_at::text as detail
                    from mail m
                    where m.state = 'CLAIMED' and m.claimed_at < :hourAgo
                        and (:sequence::uuid is null or exists (
                            select 1 from enrollment e where e.id = m.enrollment and e.sequence_id = :sequence))
                    limit :most
                    """),
            new Invariant("text-claim", "The text was claimed at %s and nobody has finished with it.", """
                    select m.id::text as subject, m.enrollment, m.claimed_at::text as detail
                    from text_message m
                    where m.state = 'CLAIMED' and m.claimed_at < :hourAgo
                        and (:sequence::uuid is null or exists (
                            select 1 from enrollment e where e.id = m.enrollment and e.sequence_id = :sequence))
                    limit :most
                    """),
            new Invariant("mail-awaited", "The step '%s' waits for a mail that nobody will send.", """
                    select r.id::text as subject, r.enrollment_id as enrollment, r.step_id as detail
                    from step_run r
                    where (:sequence::uuid is null or r.sequence_id = :sequence) and r.state = 'WAITING'
                        and r.step_type in ('AUTOMATED_EMAIL', 'AB_TEST') and not r.paused
                        and not exists (select 1 from mail m
                            where m.step_run = r.id and m.state in ('QUEUED', 'CLAIMED'))
                        and not exists (select 1 from mail_event v where v.step_run = r.id and v.applied_at is null)
                    limit :most
                    """),
            new Invariant("mail-orphan", "The mail belongs to an enrollment that does not exist.", """
                    select m.id::text as subject, null::uuid as enrollment, null as detail
                    from mail m
                    where :sequence::uuid is null and m.state in ('QUEUED', 'CLAIMED')
                        and not exists (select 1 from enrollment e where e.id = m.enrollment)
                    limit :most
                    """),
            new Invariant(
                    "event-stuck",
                    "What happened to a mail could not be applied for a long time: %s Later events of the enrollment wait.",
                    """
                    select v.mail::text as subject, v.enrollment, v.error as detail
                    from mail_event v
                    where v.applied_at is null and v.tries >= 5
                        and (:sequence::uuid is null or exists (
                            select 1 from enrollment e where e.id = v.enrollment and e.sequence_id = :sequence))
                    limit :most
                    """));

    private MailInvariants() {}
}
