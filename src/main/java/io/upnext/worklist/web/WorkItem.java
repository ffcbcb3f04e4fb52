package io.upnext.worklist.web;

import io.upnext.enrollment.StepRunView;
import io.upnext.worklist.Assignees.Assignee;
import java.time.Instant;
import java.util.List;

/**
 * The chosen step of the work list with everything a seller needs to do it.
 *
 * @param composer null but for mail steps
 * @param message null but for text messages
 * @param outcomes codes a call can come to; empty but for calls
 */
record WorkItem(
        StepRunView run,
        String sequenceName,
        String assignee,
        Person person,
        Composer composer,
        Message message,
        List<String> outcomes,
        List<Assignee> assignees,
        List<Preset> presets) {

    /**
     * Who is called or written to.
     *
     * @param zone null where it is not known
     * @param mayEmail false where the person is marked 'do not email'
     */
    record Person(
            String name,
            String path,
            String jobTitle,
            String company,
            String email,
            List<Phone> phones,
            String zone,
            String localTime,
            String linkedIn,
            boolean mayEmail,
            boolean mayPhone) {}

    record Phone(String number, String href) {}

    /** @param attachments those of the step @param problem why the template could not be filled or the mail not be sent; null where all is well */
    record Composer(String subject, String html, List<String> attachments, String problem) {}

    /**
     * A text message as it would be sent.
     *
     * @param to null where there is no number that can be texted
     * @param problem why the template could not be filled or the text not be sent; null where all is well
     */
    record Message(String to, String text, String problem) {}

    record Preset(String key, Instant until) {}
}
