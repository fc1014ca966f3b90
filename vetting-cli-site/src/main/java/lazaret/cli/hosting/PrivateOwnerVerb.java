package lazaret.cli.hosting;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.hosting.PrivateOwnersReply;
import lazaret.vetting.deskapi.hosting.PrivateOwnersRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `private owner`, by which an administrator repairs owners.
@Command(
    name = "owner",
    header = "Add and remove owners as an administrator",
    description = {
      "",
      "Owners themselves use 'cargo owner'. This command is for crates whose owners are gone. The"
          + " ledger records each change."
    },
    footer = {
      "Examples:",
      "  vetting-cli private owner acme-core --add ada",
      "  vetting-cli private owner acme-core --add group:platform --remove bob"
    },
    exitCodeList = {
      "0:changed",
      "2:no change named, an unknown person or group, or the last owner",
      "3:gate unavailable",
      "5:no such private crate"
    })
final class PrivateOwnerVerb extends DeskVerb<PrivateOwnersRequest, PrivateOwnersReply> {
  @Parameters(paramLabel = "CRATE", description = "Name of the crate.")
  String crate = "";

  @Option(
      names = "--add",
      paramLabel = "OWNER",
      description = "Person, or group: and a group. Repeatable.")
  List<String> added = new ArrayList<>();

  @Option(names = "--remove", paramLabel = "OWNER", description = "Owner. Repeatable.")
  List<String> removed = new ArrayList<>();

  PrivateOwnerVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<PrivateOwnersRequest, PrivateOwnersReply> operation() {
    return HostingOperations.CHANGE_OWNERS;
  }

  @Override
  protected PrivateOwnersRequest request() {
    if (added.isEmpty() && removed.isEmpty()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, attempt() + ": expected --add or --remove, found none", null);
    }
    return new PrivateOwnersRequest(CrateName.parse(crate), added, removed);
  }

  @Override
  protected String attempt() {
    return "cannot change the owners";
  }

  @Override
  protected void print(PrivateOwnersReply reply) {
    terminal()
        .line(
            "the owners of %s are: %s"
                .formatted(reply.name().published(), String.join(", ", reply.owners())));
  }
}
