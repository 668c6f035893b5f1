package org.hopscope.model.kube.linux;

import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * Why something is on a node.
 *
 * @param actor who wrote it
 * @param object for which object
 * @param rule by which rule of that program
 */
public record Reason(ControlStep.Actor actor, ObjectKey object, Rule rule) {
}
