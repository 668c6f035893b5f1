package org.hopscope.app.desktop.canvas.scene;

import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/** Goes between what is pointed at, what the lab holds, and the names under which positions are kept. */
public final class Things {
  private Things() {}

  /** What stands for a namespace on the canvas: for a root namespace its host. */
  public static Selection of(NetnsId netns) {
    return netns.isRoot() ? new Selection.OfHost(netns.host()) : new Selection.OfNetns(netns);
  }

  public static Selection of(Device device) {
    return new Selection.OfDevice(device.id());
  }

  /** The network of Docker that a bridge carries. */
  public static Optional<String> network(LabState lab, Device bridge) {
    return bridge.netns().isRoot()
        ? lab.engine(bridge.netns().host()).networkOn(bridge.name()).map(DockerNetwork::name)
        : Optional.empty();
  }

  /** The name under which its position is kept; a remark keeps its own. */
  public static ItemKey key(Selection thing) {
    return switch (thing) {
      case Selection.OfRemark(var id) -> new ItemKey("remark", id);
      case Selection.OfCluster(var name) -> new ItemKey("cluster", name);
      case Selection.OfObject(var cluster, var object) -> new ItemKey("object", cluster + "/" + object);
      case Selection.OfHost(var host) -> new ItemKey("host", host);
      case Selection.OfNetns(var netns) -> new ItemKey("netns", netns.host() + "/" + netns.name());
      case Selection.OfDevice(var device) -> new ItemKey("device", Integer.toString(device.number()));
    };
  }

  /** The device it is, if it is one and is still there. */
  public static Optional<Device> device(LabState lab, Selection thing) {
    return thing instanceof Selection.OfDevice(var id) ? Optional.ofNullable(lab.devices().get(id)) : Optional.empty();
  }

  private static Optional<KubeObject> object(LabState lab, String cluster, ObjectKey key) {
    return Optional.ofNullable(lab.clusters().get(cluster)).flatMap(c -> c.find(key));
  }

  /** The remark it is, if it is one and is still there. */
  public static Optional<Remark> remark(LabState lab, Selection thing) {
    return thing instanceof Selection.OfRemark(var id)
        ? Optional.ofNullable(lab.notes().remarks().get(id))
        : Optional.empty();
  }

  /** The namespace a command about it would run in: its own, or the one it stands for; empty when it is gone. */
  public static Optional<NetnsId> netns(LabState lab, Selection thing) {
    return switch (thing) {
      case Selection.OfHost(var host) -> Optional.of(NetnsId.root(host)).filter(lab.netns()::containsKey);
      case Selection.OfNetns(var netns) -> Optional.of(netns).filter(lab.netns()::containsKey);
      case Selection.OfDevice(var id) -> Optional.ofNullable(lab.devices().get(id)).map(Device::netns);
      case Selection.OfRemark _,Selection.OfCluster _,Selection.OfObject _ -> Optional.empty();
    };
  }

  public static boolean exists(LabState lab, Selection thing) {
    return switch (thing) {
      case Selection.OfCluster(var name) -> lab.clusters().containsKey(name);
      case Selection.OfObject(var cluster, var key) -> object(lab, cluster, key).isPresent();
      case Selection.OfHost(var host) -> lab.hosts().containsKey(host);
      case Selection.OfNetns(var netns) -> lab.netns().containsKey(netns);
      case Selection.OfDevice(var id) -> lab.devices().containsKey(id);
      case Selection.OfRemark(var id) -> lab.notes().remarks().containsKey(id);
    };
  }

  /** What people call it. */
  public static String name(LabState lab, Selection thing) {
    return switch (thing) {
      case Selection.OfCluster(var name) -> name;
      case Selection.OfObject(var _, var key) -> key.name();
      case Selection.OfHost(var host) -> host;
      case Selection.OfNetns(var netns) -> Pods.at(lab, netns).map(p -> p.pod().meta().name())
          .or(() -> Sandbox.owner(lab, netns).map(Container::name)).orElse(netns.name());
      case Selection.OfDevice(var id) -> Optional.ofNullable(lab.devices().get(id)).map(Device::name).orElse("");
      case Selection.OfRemark _ -> remark(lab, thing).map(r -> r.text().lines().findFirst().orElse("")).orElse("");
    };
  }
}
