package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceVersion;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/**
 * Turns a sequence into the process the engine runs. Pure: the same version always gives the same bytes, and nothing a
 * user wrote gets into an id or an expression.
 */
public final class Compiler {

    /** What stands in place of a version number on the process of a draft. */
    public static final String DRAFT = "draft";

    private Compiler() {}

    /** @throws UnprocessableException with every reason, where the definition cannot be drawn as a process */
    public static BpmnModelInstance compile(SequenceVersion version, String sequenceName) {
        return compile(version.sequence(), String.valueOf(version.number()), sequenceName, version.definition());
    }

    /** @throws UnprocessableException as {@link #compile(SequenceVersion, String)} */
    public static String xml(SequenceVersion version, String sequenceName) {
        return Bpmn.convertToString(compile(version, sequenceName));
    }

    /**
     * The process a draft would become; its version tag is {@value #DRAFT}.
     *
     * @throws UnprocessableException as {@link #compile(SequenceVersion, String)}
     */
    public static String draftXml(SequenceId sequence, Definition draft) {
        return Bpmn.convertToString(compile(sequence, DRAFT, draft.name(), draft));
    }

    private static BpmnModelInstance compile(
            SequenceId sequence, String versionTag, String name, Definition definition) {
        List<Problem> problems = Refusals.of(definition);
        if (!problems.isEmpty()) {
            throw new UnprocessableException(
                    "The sequence cannot be turned into a process yet; mend the problems listed.", problems);
        }
        Drawing drawing = Drawing.of(definition);
        String processId = ElementIds.process(sequence);
        BpmnModelInstance model = ProcessWriter.write(processId, name, versionTag, drawing.nodes(), drawing.flows());
        DiagramWriter.write(model, processId, drawing);
        return model;
    }
}
