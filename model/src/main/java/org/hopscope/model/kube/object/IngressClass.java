package org.hopscope.model.kube.object;

/**
 * A kind of ingress controller.
 *
 * @param controller the name of the controller that serves it
 * @param isDefault whether Ingresses that name no class are its own
 */
public record IngressClass(Meta meta, String controller, boolean isDefault) implements KubeObject {
  /** The annotation that makes a class the default one. */
  public static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

  @Override
  public Kind kind() {
    return Kind.INGRESS_CLASS;
  }

  @Override
  public IngressClass withMeta(Meta value) {
    return new IngressClass(value, controller, Boolean.parseBoolean(value.annotations().get(DEFAULT)));
  }
}
