package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.nft.NftComplaint;
import org.hopscope.model.nft.NftFilter;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.Script;

/** {@code nft} of version 1.0.6 (nft(8)). */
final class NftProgram {
  private final Prompt prompt;
  private boolean handles;
  private boolean terse;
  private boolean stateless;
  private boolean plain;
  private boolean check;
  private Optional<String> file = Optional.empty();

  private NftProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new NftProgram(prompt).run(args);
  }

  private Command run(Args args) throws Stop {
    while (args.peek().filter(w -> w.startsWith("-") && w.length() > 1).isPresent()) {
      String word = args.next();
      if (word.equals("-v") || word.equals("--version")) {
        return Command.Said.answered(List.of("nftables v1.0.6 (Lester Gooch #5)"), new Answer.Nothing());
      }
      option(word, args);
    }
    NftText.Style style = new NftText.Style(handles, terse, stateless, plain);
    if (file.isPresent()) {
      return carried(lines(file.get()), Optional.of(file.get().equals("-") ? "/dev/stdin" : file.get()), style);
    }
    if (args.isEmpty()) {
      throw Stop.exit(1, "nft: no command specified");
    }
    return carried(List.of(String.join(" ", args.rest())), Optional.empty(), style);
  }

  private void option(String word, Args args) throws Stop {
    switch (word) {
      case "--file" -> file = Optional.of(args.next());
      case "--check" -> check = true;
      case "--handle" -> handles = true;
      case "--stateless" -> stateless = true;
      case "--terse" -> terse = true;
      case "--numeric", "--numeric-priority" -> plain = true;
      case "--numeric-time", "--numeric-protocol" -> throw Stop.unsupported(word);
      default -> {
        if (word.startsWith("--")) {
          throw Stop.unsupported(word);
        }
        for (int i = 1; i < word.length(); i++) {
          char letter = word.charAt(i);
          if (letter == 'f') {
            file = Optional.of(i + 1 < word.length() ? word.substring(i + 1) : args.next());
            return;
          }
          letter(letter);
        }
      }
    }
  }

  private void letter(char letter) throws Stop {
    switch (letter) {
      case 'c' -> check = true;
      case 'a' -> handles = true;
      case 's' -> stateless = true;
      case 't' -> terse = true;
      case 'n', 'y' -> plain = true;
      default -> throw Stop.unsupported("-" + letter);
    }
  }

  private List<String> lines(String name) throws Stop {
    if (name.equals("-") || name.equals("/dev/stdin")) {
      return prompt.input();
    }
    return HostFiles.open(prompt, name, Stop.exit(1,
        "internal:0:0-0: Error: Could not open file \"" + name + "\": " + Errno.ENOENT.text(), "", ""));
  }

  private Command carried(List<String> lines, Optional<String> called, NftText.Style style) throws Stop {
    NftFilter before = NftEdits.filter(prompt.lab(), prompt.at());
    try {
      Script.Done done = Script.run(lines, before, NftEdits.devices(prompt.lab(), prompt.at()),
          prompt.lab().now().nanos(), style);
      boolean listed = lines.size() == 1 && lines.getFirst().strip().matches("(list|get)\\s.*");
      Command.Said said =
          Command.Said.answered(done.out(), listed ? new Answer.Tables(done.out()) : new Answer.Nothing())
              .with(0, done.remarks());
      return done.after().equals(before) || check ? said
          : new Command.Change(new Edit.Nft(prompt.at(), lines), 1, said);
    } catch (NftComplaint complaint) {
      if (complaint.isUnsupported()) {
        throw Stop.unsupported(complaint.getMessage());
      }
      return Command.Said.failed(1, new ArrayList<>(complaint.lines(lines, called)));
    }
  }
}
