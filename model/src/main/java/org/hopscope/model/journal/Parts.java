package org.hopscope.model.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.journal.Entry.Part;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** Edits as parts of an entry, and back. */
final class Parts {
  private Parts() {
  }

  /** The parts that an edit is made of. */
  static List<Part> of(LabState before, Edit edit) {
    return switch (edit) {
      case Edit.Arrange(var item, var place) -> List.of(new Part.Arranged(item, place));
      case Edit.Disarrange() -> List.of(new Part.Disarranged());
      case Edit.PutRemark(var remark) -> List.of(new Part.Remarked(remark));
      case Edit.EraseRemark(var id) -> List.of(new Part.Erased(id));
      case Edit.Restore(var point, var lab) -> List.of(new Part.Restored(point, lab));
      case Edit.SaveProbe(var probe) -> List.of(new Part.Saved(probe));
      case Edit.ForgetProbe(var name) -> List.of(new Part.Forgotten(name));
      case Edit.Together(var edits) -> ofAll(before, edits);
      case Edit.AddHost _,Edit.DeleteHost _,Edit.AddCable _,Edit.AddNetns _,Edit.DeleteNetns _,Edit.AddVeth _,Edit.AddBridge _,Edit.AddLink _,Edit.SetLinkInfo _,Edit.AddTun _,Edit.DeleteTun _,Edit.Attach _,Edit.SetRelay _,Edit.Detach _,Edit.DeleteLink _,Edit.SetLink _,Edit.SetArp _,Edit.SetGenMode _,Edit.SetTraits _,Edit.SetBridge _,Edit.SetBridgePort _,Edit.AddAddress _,Edit.DeleteAddress _,Edit.FlushAddresses _,Edit.AddRoute _,Edit.DeleteRoute _,Edit.FlushRoutes _,Edit.FlushRouteCache _,Edit.AddRule _,Edit.DeleteRule _,Edit.SetNeighbour _,Edit.DeleteNeighbour _,Edit.SetProxy _,Edit.FlushNeighbours _,Edit.AddFdb _,Edit.DeleteFdb _,Edit.FlushFdb _,Edit.AddVlan _,Edit.DeleteVlan _,Edit.WriteSysctl _,Edit.Serve _,Edit.Unserve _,Edit.Iptables _,Edit.RestoreRules _,Edit.Ipset _,Edit.Ipvs _,Edit.Nft _,Edit.ForgetConnections _,Edit.UpdateConnections _,Edit.SetWireGuard _,Edit.Ovs _,Edit.DrawKey _,Edit.WriteFile _,Edit.RemoveFile _,Edit.Sleep _,Edit.PutCluster _,Edit.DropCluster _,Edit.PutEngine _,Edit.Expanded _ ->
          Commands.of(before, edit).stream().<Part>map(Part.Command::new).toList();
    };
  }

  private static List<Part> ofAll(LabState before, List<Edit> edits) {
    List<Part> parts = new ArrayList<>();
    LabState lab = before;
    for (Edit edit : edits) {
      parts.addAll(of(lab, edit));
      lab = switch (Editor.apply(lab, edit)) {
        case Editor.Result.Done(LabState after) -> after;
        case Editor.Result.Refused _ -> lab;
      };
    }
    return parts;
  }

  /** The one edit that parts stand for; empty when one of them cannot be done on this lab. */
  static Optional<Edit> edit(LabState before, List<Part> parts) {
    Session scratch = new Session(before);
    List<Edit> edits = new ArrayList<>();
    for (Part part : parts) {
      Optional<Edit> edit = edit(scratch, part);
      if (edit.isEmpty()) {
        return Optional.empty();
      }
      edits.add(edit.get());
    }
    return Optional.of(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits));
  }

  private static Optional<Edit> edit(Session scratch, Part part) {
    return switch (part) {
      case Part.Command(String line) -> {
        Reply reply = Shell.run(scratch, scratch.state().firstHost().root(), line);
        yield reply.edits().stream().findFirst();
      }
      case Part.Arranged(var item, var place) -> done(scratch, new Edit.Arrange(item, place));
      case Part.Disarranged() -> done(scratch, new Edit.Disarrange());
      case Part.Remarked(var remark) -> done(scratch, new Edit.PutRemark(remark));
      case Part.Erased(var id) -> done(scratch, new Edit.EraseRemark(id));
      case Part.Restored(var point, var lab) -> done(scratch, new Edit.Restore(point, lab));
      case Part.Saved(var probe) -> done(scratch, new Edit.SaveProbe(probe));
      case Part.Forgotten(var name) -> done(scratch, new Edit.ForgetProbe(name));
    };
  }

  private static Optional<Edit> done(Session scratch, Edit edit) {
    return switch (scratch.apply(edit)) {
      case Outcome.Applied _ -> Optional.of(edit);
      case Outcome.Refused _ -> Optional.empty();
    };
  }
}
