package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunProgram;
import org.hopscope.model.net.TunSettings;
import org.hopscope.model.net.UdpRelay;

/**
 * Tun and tap devices and the programs behind them (kernel drivers/net/tun.c, iproute2 ip/iptuntap.c). All of them are
 * persistent and have one queue.
 */
final class TunEdits {
  private TunEdits() {
  }

  /** {@code ip tuntap add}: the tool opens the device with IFF_TUN_EXCL and leaves it behind. */
  static LabState add(LabState lab, DeviceRef ref, TunSettings settings) {
    Find.netns(lab, ref.netns());
    if (lab.find(ref).isPresent()) {
      throw ioctl(Errno.EBUSY);
    }
    Names.problemWithDevice(ref.name(), "dev").ifPresent(problem -> {
      throw problem instanceof Refusal.Kernel ? ioctl(Errno.EINVAL) : new RefusedException(problem);
    });
    return Creation.add(lab, NewLink.named(ref), new DeviceKind.Tun(settings, Optional.empty(), false));
  }

  /** {@code ip tuntap del}: a device that a program holds open is busy; one of several queues is asked for as one. */
  static LabState delete(LabState lab, DeviceRef ref, TunMode mode, boolean queues) {
    Device device = Find.device(lab, ref);
    DeviceKind.Tun tun = device.kind() instanceof DeviceKind.Tun found && found.mode() == mode
        && found.settings().has(TunFlag.MULTI_QUEUE) == queues
            ? found
            : refuse(ioctl(Errno.EINVAL));
    if (tun.program().isPresent()) {
      throw ioctl(Errno.EBUSY);
    }
    return Detach.delete(lab, device);
  }

  /**
   * {@code attach}: a program opens the device; one that carries packets can do so with packets only, and none asks for
   * one of several queues.
   */
  static LabState attach(LabState lab, DeviceRef ref, Optional<Endpoint> relay) {
    Device device = lab.find(ref).orElseThrow(() -> RefusedException.tool(Errno.ENODEV, "no such device"));
    DeviceKind.Tun tun = device.kind() instanceof DeviceKind.Tun found
        ? found
        : refuse(RefusedException.tool(Errno.EINVAL, Errno.EINVAL.text()));
    if (tun.program().isPresent()) {
      throw RefusedException.tool(Errno.EBUSY, Errno.EBUSY.text());
    }
    if (relay.isPresent() && tun.mode() != TunMode.TUN || tun.settings().has(TunFlag.MULTI_QUEUE)) {
      throw RefusedException.tool(Errno.EINVAL, Errno.EINVAL.text());
    }
    return with(lab, device, tun.withProgram(Optional.of(new TunProgram(ref.netns(), ref.name(),
        relay.map(UdpRelay::of)))));
  }

  /** {@code relay}: a row of the table of the program that holds the device. */
  static LabState relay(LabState lab, DeviceRef ref, IpPrefix to, Optional<Endpoint> hop) {
    Device device = lab.find(ref).orElseThrow(() -> RefusedException.tool(Errno.ENODEV, "no such device"));
    if (device.kind() instanceof DeviceKind.Tun tun && tun.program().isPresent()
        && tun.program().get().relay().isPresent()) {
      UdpRelay relay = tun.program().get().relay().get();
      if (hop.isEmpty() && !relay.has(to)) {
        throw RefusedException.tool(Errno.ENOENT, Errno.ENOENT.text());
      }
      return with(lab, device, tun.withProgram(tun.program().map(p -> p.withRelay(relay.with(to, hop)))));
    }
    throw RefusedException.tool(Errno.ENOENT, "not attached");
  }

  /** {@code detach}: the program that had opened the device of this name there closes it, wherever it is by now. */
  static LabState detach(LabState lab, NetnsId netns, String name) {
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.Tun tun && tun.program().filter(p -> p.opened(netns, name)).isPresent()) {
        return with(lab, device, tun.withProgram(Optional.empty()));
      }
    }
    throw RefusedException.tool(Errno.ENOENT, "not attached");
  }

  private static LabState with(LabState lab, Device device, DeviceKind.Tun tun) {
    return lab.with(device.withKind(device.isUp() ? tun.announcing() : tun));
  }

  private static DeviceKind.Tun refuse(RefusedException refusal) {
    throw refusal;
  }

  private static RefusedException ioctl(Errno errno) {
    return RefusedException.tool(errno, "ioctl(TUNSETIFF): " + errno.text());
  }
}
