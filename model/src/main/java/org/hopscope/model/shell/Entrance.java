package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.syntax.Node;
import org.hopscope.model.shell.syntax.Parser;
import org.hopscope.model.shell.syntax.Word;

/** Where a line that is typed takes the prompt: {@code ip netns exec red bash} opens a shell there, and asks for more lines. */
public final class Entrance {
  private Entrance() {
  }

  /**
   * The namespace in which a text opens a shell to type into; empty for any other text.
   *
   * @param at the namespace whose prompt it was typed at
   */
  public static Optional<NetnsId> of(LabState lab, NetnsId at, String text) {
    if (!(Parser.parse(text) instanceof Parser.Parsed.Fine(Node program))) {
      return Optional.empty();
    }
    List<String> words = words(program);
    try {
      return !words.isEmpty()
          && Shell.read(new Prompt(lab, at, List.of(), List.of()), words) instanceof Command.Enter(NetnsId there)
              ? Optional.of(there) : Optional.empty();
    } catch (Stop reason) {
      return Optional.empty();
    }
  }

  /** The words of the one command of a text that stands as it is written; none for other texts. */
  private static List<String> words(Node node) {
    return switch (node) {
      case Node.Sequence(List<Node> commands) when commands.size() == 1 -> words(commands.getFirst());
      case Node.Pipeline(List<Node> stages) when stages.size() == 1 -> words(stages.getFirst());
      case Node.Simple simple when !simple.background() && simple.redirections().isEmpty()
          && simple.assignments().isEmpty() && simple.words().stream().allMatch(Word::isLiteral) ->
          simple.words().stream().map(Entrance::text).toList();
      case Node.Sequence _,Node.Pipeline _,Node.Simple _,Node.Chain _,Node.Not _,Node.For _,Node.Loop _,Node.If _,Node.Refused _ ->
          List.of();
    };
  }

  private static String text(Word word) {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Part.Text(String said, boolean _)) {
        text.append(said);
      }
    }
    return text.toString();
  }
}
