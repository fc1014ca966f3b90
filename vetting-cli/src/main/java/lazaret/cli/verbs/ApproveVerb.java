package lazaret.cli.verbs;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "approve",
    header = "Lets versions be served, whatever their age.",
    description = {
      "",
      "An approval holds for the SHA-256 that is shown, is recorded for ever with who and why, and is"
          + " in force when the command ends. All versions named are approved, or none."
    },
    footer = {
      "Examples:",
      "  vetting-cli approve serde@1.0.219 --reason 'read the diff to 1.0.218'",
      "  vetting-cli approve 'tokio@^1.40' --reason 'ticket 4711' --expires 90d --yes",
      "  vetting-cli approve --lockfile Cargo.lock --only-withheld --reason 'release 2.1'"
    },
    exitCodeList = {
      "0:recorded, or stood so before",
      "2:no reason, no version, an expiry that is past, or the question was answered with no",
      "3:no gate answers, or upstream cannot be asked",
      "4:the SHA-256 is not the index's; nothing was recorded",
      "5:no such version; nothing was recorded"
    })
final class ApproveVerb extends DecisionVerb {
  @Option(
      names = "--expires",
      paramLabel = "90d|DATE",
      description = "When the approval runs out: a span (90d, 12h, 6w) or the last day in UTC.")
  @Nullable String expires;

  @Option(
      names = "--criteria",
      paramLabel = "NAME",
      split = ",",
      description =
          "What the approval vouches for, for example safe-to-deploy. May be given several times.")
  List<String> criteria = new ArrayList<>();

  @Option(
      names = "--delta",
      paramLabel = "VERSION",
      description = "The version whose difference to this one was read, where not the whole was.")
  @Nullable String delta;

  @Option(
      names = "--waive",
      paramLabel = "ID",
      description = {
        "An advisory's id that the approval knowingly sets aside. What is called malware is served"
            + " after two persons waived it. May be given several times."
      })
  List<String> waives = new ArrayList<>();

  ApproveVerb(Session session) {
    super(session, "approve", "approved");
  }

  @Override
  void complete(JsonObject.Builder order) {
    order.texts("criteria", criteria).texts("waives", waives);
    if (delta != null) {
      order.put("delta", delta);
    }
    if (expires != null) {
      try {
        order.put("expires", Moments.end(expires, session().now()).toString());
      } catch (IllegalArgumentException e) {
        throw usage("--expires is '" + expires + "', " + e.getMessage());
      }
    }
  }
}
