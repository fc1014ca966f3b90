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
          + " in force when the command ends. All versions named are approved, or none.",
      "",
      "On a terminal an approval of one version shows how much there was to read and what the version"
          + " can do that the one before could not, and wants the criterion typed.",
      "",
      "A lockfile is for starting out: nobody reads all of it, so its packages are exempted, until"
          + " --expires or for as long as the policy says (90 days), and 'debt' tells of them. An"
          + " exemption covers the advisories that are known when it is written, and no version that a"
          + " person denied or revoked: name such a version by itself. Whoever did read"
          + " everything says --reviewed."
    },
    footer = {
      "Examples:",
      "  vetting-cli approve serde@1.0.219 --reason 'read the diff to 1.0.218'",
      "  vetting-cli approve 'tokio@^1.40' --reason 'ticket 4711' --expires 90d --yes",
      "  vetting-cli approve --lockfile Cargo.lock --only-withheld --reason 'release 2.1'",
      "  vetting-cli approve --lockfile Cargo.lock --reviewed --reason 'read all, ticket 4712'"
    },
    exitCodeList = {
      "0:recorded, or stood so before",
      "1:a person denied or revoked a version that was not named by itself; nothing was recorded",
      "2:no reason, no version, an expiry that is past, or the question was not answered with yes",
      "3:no gate answers, or upstream cannot be asked",
      "4:the SHA-256 is not the index's; nothing was recorded",
      "5:no such version, or inside one whose bytes no bundle brought; nothing was recorded"
    })
final class ApproveVerb extends DecisionVerb {
  @Option(
      names = "--expires",
      paramLabel = "90d|DATE",
      description =
          "When the approval or exemption runs out: a span (90d, 12h, 6w) or the last day in UTC.")
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

  @Option(
      names = "--reviewed",
      description = "Approve the packages of the lockfile, which were read, for good.")
  boolean reviewed;

  ApproveVerb(Session session) {
    super(session);
  }

  private boolean exempts() {
    return lockfile != null && !reviewed;
  }

  @Override
  String kind() {
    return exempts() ? "exempt" : "approve";
  }

  @Override
  String past() {
    return exempts() ? "exempted" : "approved";
  }

  @Override
  void complete(JsonObject.Builder order) {
    if (reviewed && lockfile == null) {
      throw usage("--reviewed is for a --lockfile: what is named by hand is approved anyway");
    }
    if (exempts() && (delta != null || !waives.isEmpty())) {
      throw usage("--delta and --waive are for approvals: with a --lockfile, add --reviewed");
    }
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

  @Override
  boolean vouched(JsonObject.Builder order, Chosen chosen) {
    List<String> vouchedFor = criteria.isEmpty() ? List.of("safe-to-deploy") : criteria;
    boolean vouched = new Vouching(session()).vouches(chosen, delta, vouchedFor);
    order.texts("criteria", vouchedFor);
    return vouched;
  }
}
