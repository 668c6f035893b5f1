package org.hopscope.model.shell;

import org.hopscope.model.kube.cni.Conflist;

/** What a plugin of CNI can be called for (CNI specification 1.0.0, "Operations"). */
interface CniPlugin {
  /** ADD: connects the container, and notes down what it made. */
  void add(Conflist.Plugin plugin, CniResult result) throws Stop;

  /** DEL: takes away what ADD made; what is gone already is no error. */
  void delete(Conflist.Plugin plugin) throws Stop;

  /** CHECK: refuses where what ADD made is not there any more. */
  void check(Conflist.Plugin plugin) throws Stop;

  /** The plugin of a list's entry; one that nobody has is refused by name. */
  static CniPlugin of(CniDeeds deeds, Conflist.Plugin plugin) throws Stop {
    if (CniPlugins.has(plugin.type())) {
      return new CniPlugins(deeds);
    }
    if (CniChained.has(plugin.type())) {
      return new CniChained(deeds);
    }
    throw Stop.unsupported("cni plugin " + plugin.type());
  }
}
