package io.upnext.engine.hardening;

import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Reads only processes as the product's compiler writes them ({@link KnownElements}). Everything else is refused before
 * the engine looks at it, at the deployment and whenever a process is read from the database again: scripts, classes,
 * shell commands, listeners, connectors, foreign expressions.
 */
class CompiledProcessesOnly extends BpmnParse {

    private static final String NAMESPACE_DECLARATION = "xmlns:";

    CompiledProcessesOnly(BpmnParser parser) {
        super(parser);
    }

    @Override
    protected void parseRootElement() {
        var root = KnownElements.name(rootElement.getUri(), rootElement.getTagName());
        if (root.equals(KnownElements.ROOT)) {
            check(rootElement, root);
        } else {
            refuse("the element '" + root + "'", rootElement);
        }
        if (!hasErrors()) {
            super.parseRootElement();
        }
    }

    private void check(Element element, String name) {
        var kind = KnownElements.find(name);
        element.attributes().stream()
                .filter(key -> !key.equals("xmlns") && !key.startsWith(NAMESPACE_DECLARATION))
                .forEach(key -> attribute(element, name, key));
        if (!kind.maySay(text(element))) {
            refuse("the text of '" + name + "'", element);
        }
        for (var child : element.elements()) {
            var childName = KnownElements.name(child.getUri(), child.getTagName());
            if (kind.mayContain(childName)) {
                check(child, childName);
            } else {
                refuse("'" + childName + "' in '" + name + "'", child);
            }
        }
    }

    private void attribute(Element element, String name, String key) {
        var local = key.substring(key.lastIndexOf(':') + 1);
        var namespace = key.contains(":") ? key.substring(0, key.lastIndexOf(':')) : "";
        var attribute = KnownElements.name(namespace, local);
        if (!KnownElements.find(name).mayHave(attribute, element.attribute(key))) {
            refuse("the attribute '" + attribute + "' of '" + name + "' with this value", element);
        }
    }

    private static String text(Element element) {
        var text = element.getText();
        return text == null ? "" : text.strip();
    }

    private void refuse(String what, Element element) {
        addError("Only processes made by the product are deployed; " + what + " is in none of them.", element);
    }
}
