package org.hopscope.model.lab;

import java.util.List;
import org.hopscope.model.iptables.AlikeRestore;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Carries out edits on states: a pure function. {@link Session} is its only caller outside tests. */
public final class Editor {
  private Editor() {
  }

  /** What became of an edit on a state. */
  public sealed interface Result {
    /** It was done. */
    record Done(LabState after) implements Result {
    }

    /** It cannot be done. */
    record Refused(Refusal why) implements Result {
    }
  }

  /** A lab as it begins: one host whose root namespace has lo, which is up. */
  public static LabState fresh(long seed) {
    return fresh(seed, TreePMap.empty());
  }

  /** As {@link #fresh(long)}, with an environment. */
  public static LabState fresh(long seed, PSortedMap<String, String> environment) {
    LabState bare = LabState.bare(seed, environment);
    return Aftermath.settle(bare, HostEdits.add(bare, LabState.FIRST_HOST));
  }

  /** Carries out an edit, whole or not at all. */
  public static Result apply(LabState before, Edit edit) {
    try {
      return new Result.Done(done(before, edit));
    } catch (RefusedException refused) {
      return new Result.Refused(refused.why());
    }
  }

  /**
   * Carries out {@code edit} as {@link #apply} does, by a restore of its sections that was done on other namespaces before: where
   * that comes to the same it costs next to nothing.
   */
  public static Result apply(LabState before, Edit.RestoreRules edit, AlikeRestore restore) {
    try {
      return new Result.Done(
          Aftermath.settle(before, NetfilterEdits.restore(before, edit.netns(), edit.family(), restore)));
    } catch (RefusedException refused) {
      return new Result.Refused(refused.why());
    }
  }

  /** What an edit leaves; a lab that is put back is whole already, and nothing in it is to be forgotten. */
  private static LabState done(LabState before, Edit edit) {
    return edit instanceof Edit.Restore(var _, LabState lab) ? lab : Aftermath.settle(before, changed(before, edit));
  }

  private static LabState changed(LabState lab, Edit edit) {
    return switch (edit) {
      case Edit.AddHost(var name) -> HostEdits.add(lab, name);
      case Edit.DeleteHost(var name) -> HostEdits.delete(lab, name);
      case Edit.AddCable(var one, var other) -> HostEdits.cable(lab, one, other);
      case Edit.AddNetns(var id) -> NetnsEdits.add(lab, id);
      case Edit.DeleteNetns(var id) -> NetnsEdits.delete(lab, id);
      case Edit.AddVeth(var one, var other) -> LinkEdits.addVeth(lab, one, other);
      case Edit.AddBridge(var link, var settings) -> BridgeEdits.add(lab, link, settings);
      case Edit.AddLink(var link, var lower, var info) -> StackedEdits.add(lab, link, lower, info);
      case Edit.SetLinkInfo(var link, var info) -> StackedEdits.set(lab, link, info);
      case Edit.AddTun(var link, var settings) -> TunEdits.add(lab, link, settings);
      case Edit.DeleteTun(var link, var mode, boolean queues) -> TunEdits.delete(lab, link, mode, queues);
      case Edit.Attach(var link, var relay) -> TunEdits.attach(lab, link, relay);
      case Edit.SetRelay(var link, var to, var hop) -> TunEdits.relay(lab, link, to, hop);
      case Edit.Detach(var netns, var name) -> TunEdits.detach(lab, netns, name);
      case Edit.DeleteLink(var link) -> LinkEdits.delete(lab, link);
      case Edit.SetLink(var link, var change) -> LinkEdits.set(lab, link, change);
      case Edit.SetTraits(var link, var change) -> LinkEdits.setTraits(lab, link, change);
      case Edit.SetGenMode(var link, var none) -> SysctlEdits.setGenMode(lab, Find.device(lab, link), none);
      case Edit.SetArp(var link, var value) -> LinkEdits.setArp(lab, link, value);
      case Edit.SetBridge(var bridge, var change) -> BridgeEdits.set(lab, bridge, change);
      case Edit.SetBridgePort(var port, var change) -> BridgeEdits.setPort(lab, port, change);
      case Edit.AddAddress(var link, var address, var replace) -> AddressEdits.add(lab, link, address, replace);
      case Edit.DeleteAddress(var link, var address, var lengthGiven, var peer) ->
          AddressEdits.delete(lab, link, address, lengthGiven, peer);
      case Edit.FlushAddresses(var link, var families) -> AddressEdits.flush(lab, link, families);
      case Edit.AddRoute(var netns, var route, var mode) -> RouteEdits.add(lab, netns, route, mode);
      case Edit.DeleteRoute(var netns, var route, var typeGiven) -> RouteEdits.delete(lab, netns, route, typeGiven);
      case Edit.FlushRoutes(var netns, var family, var filter) -> RouteEdits.flush(lab, netns, family, filter);
      case Edit.FlushRouteCache(var netns) -> RouteEdits.flushCache(lab, netns);
      case Edit.AddRule rule -> RuleEdits.add(lab, rule);
      case Edit.DeleteRule(var netns, var family, var priority, var selector, var action, var protocol) ->
          RuleEdits.delete(lab, netns, family, priority, selector, action, protocol);
      case Edit.SetNeighbour wish -> NeighbourEdits.set(lab, wish);
      case Edit.DeleteNeighbour(var link, var address) -> NeighbourEdits.delete(lab, link, address);
      case Edit.SetProxy(var link, var address, var answered) -> NeighbourEdits.proxy(lab, link, address, answered);
      case Edit.FlushNeighbours(var netns, var family, var device, var to, var states) ->
          NeighbourEdits.flush(lab, netns, family, device, to, states);
      case Edit.AddFdb(var device, var row, var mode) -> FdbEdits.add(lab, device, row, mode);
      case Edit.DeleteFdb delete -> FdbEdits.delete(lab, delete);
      case Edit.AddVlan add -> VlanFilterEdits.add(lab, add);
      case Edit.DeleteVlan delete -> VlanFilterEdits.delete(lab, delete);
      case Edit.FlushFdb(var device, var side, var which) -> FdbEdits.flush(lab, device, side, which);
      case Edit.WriteSysctl(var netns, var key, var value) -> SysctlEdits.write(lab, netns, key, value);
      case Edit.Serve(var netns, var server) -> ServerEdits.serve(lab, netns, server);
      case Edit.Unserve(var netns, var port, var transport) -> ServerEdits.unserve(lab, netns, port, transport);
      case Edit.Iptables(var netns, var family, var command) -> NetfilterEdits.command(lab, netns, family, command);
      case Edit.RestoreRules(var netns, var family, var sections, var noflush) ->
          NetfilterEdits.restore(lab, netns, family, sections, noflush);
      case Edit.Nft(var netns, var lines) -> NftEdits.script(lab, netns, lines);
      case Edit.Ipset(var netns, var words) -> NetfilterEdits.sets(lab, netns, words);
      case Edit.Ipvs(var netns, var words) -> IpvsEdits.apply(lab, netns, words);
      case Edit.ForgetConnections(var netns, var originals) -> NetfilterEdits.forget(lab, netns, originals);
      case Edit.UpdateConnections(var netns, var originals, var update) ->
          NetfilterEdits.update(lab, netns, originals, update);
      case Edit.Ovs ovs -> OvsEdits.apply(lab, ovs);
      case Edit.SetWireGuard(var link, var change) -> WireGuardEdits.set(lab, link, change);
      case Edit.DrawKey(var host) -> FileEdits.draw(lab, host);
      case Edit.WriteFile(var host, var path, var lines, var append) ->
          FileEdits.write(lab, host, path, lines, append);
      case Edit.RemoveFile(var host, var path) -> FileEdits.remove(lab, host, path);
      case Edit.Sleep(var nanos) -> sleep(lab, nanos);
      case Edit.PutCluster(var cluster) -> lab.withClusters(lab.clusters().plus(cluster.name(), cluster));
      case Edit.DropCluster(var name) ->
          NoteEdits.without(lab.withClusters(lab.clusters().minus(name)), new ItemKey("cluster", name));
      case Edit.PutEngine(var host, var engine) ->
          lab.withEngines(lab.engines().plus(Find.host(lab, host).name(), engine));
      case Edit.Expanded(var _, var edits, var foreseen) -> foreseen.on(lab).orElseGet(() -> all(lab, edits));
      case Edit.Arrange(var item, var place) -> NoteEdits.arrange(lab, item, place);
      case Edit.Disarrange() -> NoteEdits.disarrange(lab);
      case Edit.PutRemark(var remark) -> NoteEdits.put(lab, remark);
      case Edit.EraseRemark(var id) -> NoteEdits.erase(lab, id);
      case Edit.SaveProbe(var probe) -> NoteEdits.save(lab, probe);
      case Edit.ForgetProbe(var name) -> NoteEdits.forget(lab, name);
      case Edit.Restore(var _, var restored) -> restored;
      case Edit.Together(var edits) -> all(lab, edits);
    };
  }

  private static LabState all(LabState lab, List<Edit> edits) {
    LabState next = lab;
    for (Edit edit : edits) {
      next = done(next, edit);
    }
    return next;
  }

  private static LabState sleep(LabState lab, long nanos) {
    if (nanos < 0 || lab.now().nanos() + nanos < 0) {
      throw RefusedException.tool(Errno.EINVAL, "the clock cannot move by " + nanos + " ns: it only goes forward, "
          + "and not beyond " + Long.MAX_VALUE + " ns");
    }
    return Aftermath.passed(lab.withNow(lab.now().plus(nanos)));
  }
}
