package lazaret.cli.hosting;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PrivateOwnerInfo;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `private show`, which shows one private crate.
@Command(
    name = "show",
    header = "Show a private crate: owners, versions, who published them",
    footer = {"Examples:", "  vetting-cli private show acme-core"},
    exitCodeList = {
      "0:success",
      "2:no name of a crate",
      "3:gate unavailable",
      "5:no such private crate"
    })
final class PrivateShowVerb extends DeskVerb<PrivateCrateRequest, PrivateCrateReply> {
  @Parameters(paramLabel = "CRATE", description = "Name of the crate.")
  String crate = "";

  PrivateShowVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<PrivateCrateRequest, PrivateCrateReply> operation() {
    return HostingOperations.CRATE;
  }

  @Override
  protected PrivateCrateRequest request() {
    return new PrivateCrateRequest(CrateName.parse(crate));
  }

  @Override
  protected String attempt() {
    return "cannot show the private crate";
  }

  @Override
  protected void print(PrivateCrateReply reply) {
    terminal()
        .line(
            "%s: private since %s, created by %s (%s)"
                .formatted(
                    reply.name().published(),
                    Timestamps.minute(reply.since()),
                    reply.by(),
                    reply.from()));
    TextTable owners = new TextTable("OWNER", "NAME", "ADDED BY", "AT");
    for (PrivateOwnerInfo owner : reply.owners()) {
      owners.row(
          Cell.of(TextStyle.STRONG, owner.owner()),
          Cell.of(owner.displayName()),
          Cell.of(owner.by()),
          Cell.of(Timestamps.minute(owner.at())));
    }
    terminal().table(owners);
    TextTable versions =
        new TextTable("VERSION", "STATE", "PUBLISHED", "BY", "TOKEN", "RUN", "REASON");
    for (PublicationInfo each : reply.versions()) {
      versions.row(
          Cell.of(TextStyle.STRONG, each.version().text()),
          Cell.of(KebabCase.of(each.state())),
          Cell.of(Timestamps.minute(each.published())),
          Cell.of(each.publisher()),
          Cell.of(each.token()),
          Cell.of(run(each.job())),
          Cell.of(each.reason() == null ? "" : each.reason()));
    }
    terminal().table(versions);
  }

  private static String run(PublicationInfo.@Nullable Job job) {
    if (job == null) {
      return "-";
    }
    String run = job.run() == null ? job.issuer() : job.run();
    return job.repository() == null ? run : run + " of " + job.repository();
  }
}
