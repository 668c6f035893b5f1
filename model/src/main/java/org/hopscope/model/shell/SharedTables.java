package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.Operation;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftFamily;
import org.hopscope.model.nft.NftTable;

/**
 * Tables of nft that bear a name of iptables' tables: iptables-nft takes them for its own. It tells of base chains in them that are none
 * of its (iptables/nft.c nft_assert_table_compatible); what it would have to read out of nft's rules is refused by name.
 */
final class SharedTables {
  private final Prompt prompt;
  private final IpFamily family;

  SharedTables(Prompt prompt, IpFamily family) {
    this.prompt = prompt;
    this.family = family;
  }

  /** What nft made in a table of iptables. */
  Optional<NftTable> find(TableName name) {
    return prompt.lab().find(prompt.at()).orElseThrow().nft()
        .table(new NftTable.Key(NftFamily.of(family), name.word()));
  }

  /** What a listing of a whole table begins with. */
  List<String> remark(TableName name) {
    return find(name).filter(t -> t.chains().stream().anyMatch(c -> c.base().isPresent()))
        .map(_ -> "# Table `" + name.word() + "' contains incompatible base-chains, use 'nft' tool to list them.")
        .stream()
        .toList();
  }

  /** Refuses a command that meets a chain of nft which iptables would have to read, or a table that sleeps. */
  void check(IptablesCommand command) throws Complaint {
    awake(command.table());
    for (NftChain chain : chains(command.table())) {
      boolean meant = command.chain().isEmpty() || command.chain().get().equals(chain.name())
          || command.rules().stream().anyMatch(r -> Failing.leads(r).equals(Optional.of(chain.name())));
      if (isBuiltIn(chain, command.table()) || meant && chain.base().isEmpty()) {
        throw refused(chain, command.table());
      }
      if (command.operation() == Operation.NEW_CHAIN && command.chain().equals(Optional.of(chain.name()))) {
        throw Complaint.kernel("CHAIN_USER_ADD failed (File exists): chain " + chain.name());
      }
      if (command.operation() == Operation.RENAME_CHAIN && command.word().equals(chain.name())) {
        throw Complaint.kernel("CHAIN_RENAME failed (File exists): chain " + chain.name());
      }
    }
  }

  /** Refuses a whole table with such a chain. */
  void check(TableName name) throws Complaint {
    awake(name);
    for (NftChain chain : chains(name)) {
      if (isBuiltIn(chain, name) || chain.base().isEmpty()) {
        throw refused(chain, name);
      }
    }
  }

  private void awake(TableName name) throws Complaint {
    if (find(name).filter(t -> t.about().dormant()).isPresent()) {
      throw Complaint.unsupported("-t " + name.word() + ", which nft made dormant");
    }
  }

  private List<NftChain> chains(TableName name) {
    return find(name).stream().flatMap(t -> t.chains().stream()).toList();
  }

  private static boolean isBuiltIn(NftChain chain, TableName name) {
    return Hook.named(chain.name()).filter(name.hooks()::contains).isPresent();
  }

  private static Complaint refused(NftChain chain, TableName name) {
    return Complaint.unsupported("-t " + name.word() + " with chain " + chain.name() + ", which nft made in it");
  }
}
