package io.upnext.bpmn;

import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.xml.instance.DomDocument;
import org.camunda.bpm.model.xml.instance.DomElement;

/**
 * An element of the document being written. This goes below the typed elements of the model API, which look through the
 * whole document whenever something is added to it: 400 steps would take a minute.
 */
final class Tag {

    private static final String BPMN = BpmnModelConstants.BPMN20_NS;

    private final DomElement element;

    Tag(DomElement element) {
        this.element = element;
    }

    /** A new last child in BPMN's own namespace. */
    Tag add(String name) {
        return add(BPMN, name);
    }

    Tag add(String namespace, String name) {
        DomDocument document = element.getDocument();
        DomElement child = document.createElement(namespace, name);
        element.appendChild(child);
        return new Tag(child);
    }

    Tag id(String id) {
        element.setIdAttribute("id", id);
        return this;
    }

    /** Leaves the attribute out where the value is null. */
    Tag set(String name, Object value) {
        if (value != null) {
            element.setAttribute(name, String.valueOf(value));
        }
        return this;
    }

    Tag camunda(String name, Object value) {
        element.setAttribute(BpmnModelConstants.CAMUNDA_NS, name, String.valueOf(value));
        return this;
    }

    Tag text(String text) {
        element.setTextContent(text);
        return this;
    }
}
