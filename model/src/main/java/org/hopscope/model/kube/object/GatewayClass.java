package org.hopscope.model.kube.object;

/**
 * A kind of Gateway (Gateway API).
 *
 * @param controller the name of the controller that serves its Gateways
 */
public record GatewayClass(Meta meta, String controller) implements KubeObject {
  @Override
  public Kind kind() {
    return Kind.GATEWAY_CLASS;
  }

  @Override
  public GatewayClass withMeta(Meta value) {
    return new GatewayClass(value, controller);
  }
}
