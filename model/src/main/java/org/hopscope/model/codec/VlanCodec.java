package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.hopscope.model.net.BridgeVlans;

/** The VLANs of a bridge port or of a bridge on disk; nothing is written of those that everything begins with. */
final class VlanCodec {
  private static final BridgeVlans USUAL = BridgeVlans.fresh(BridgeVlans.DEFAULT_PVID);

  private VlanCodec() {
  }

  private record Row(int id, boolean pvid, boolean untagged) {
  }

  static void write(JsonObject object, BridgeVlans vlans) {
    if (vlans.equals(USUAL)) {
      return;
    }
    JsonArray rows = new JsonArray();
    for (int id : vlans.vlans()) {
      JsonObject row = new JsonObject();
      row.addProperty("id", id);
      if (vlans.pvid() == id) {
        row.addProperty("pvid", true);
      }
      if (vlans.leavesUntagged(id)) {
        row.addProperty("untagged", true);
      }
      rows.add(row);
    }
    object.add("vlans", rows);
  }

  static BridgeVlans read(Fields fields) throws MalformedException {
    if (!fields.has("vlans")) {
      return USUAL;
    }
    List<Row> rows =
        fields.list("vlans", f -> new Row(f.number("id", 1, BridgeVlans.LAST), f.flag("pvid"), f.flag("untagged")));
    BridgeVlans vlans = BridgeVlans.NONE;
    for (Row row : rows) {
      if (vlans.has(row.id()) || row.pvid() && vlans.pvid() != 0) {
        throw fields.malformed("vlans", "VLAN " + row.id() + " is there twice, or two of them are the pvid");
      }
      vlans = vlans.with(row.id(), row.pvid(), row.untagged());
    }
    return vlans;
  }
}
