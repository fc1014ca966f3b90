package lazaret.cli.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.command.CliSession;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `approve`, which serves versions regardless of their age.
@Command(
    name = "approve",
    header = "Approve versions regardless of their age",
    description = {
      "",
      "An approval is bound to the SHA-256 that is shown, and recorded permanently with its author"
          + " and reason. It is in force when the command ends. All named versions are approved, or"
          + " none.",
      "",
      "On a terminal, the approval of one version shows how much there is to read and the new"
          + " capabilities of the version, and asks for the criteria to be typed. It covers the"
          + " difference that was shown; with --full, the whole version. Without criteria, 'audits"
          + " export' does not publish the approval.",
      "",
      "With --lockfile, the packages are exempted until --expires, or for the time that the policy"
          + " sets (90 days); 'expiring' lists them. An exemption covers the advisories that are"
          + " known when it is recorded. It does not cover a version that a person denied or"
          + " revoked: name such a version exactly. With --reviewed, the packages are approved"
          + " instead: use it if all of them were read."
    },
    footer = {
      "Examples:",
      "  vetting-cli approve serde@1.0.219 --delta 1.0.218 --criteria safe-to-deploy --reason 'read it'",
      "  vetting-cli approve 'tokio@^1.40' --reason 'ticket 4711' --expires 90d --yes",
      "  vetting-cli approve --lockfile Cargo.lock --only-withheld --reason 'release 2.1'",
      "  vetting-cli approve --lockfile Cargo.lock --reviewed --reason 'read all, ticket 4712'"
    },
    exitCodeList = {
      "0:recorded now or before, and served",
      "1:a denied or revoked version was not named exactly; nothing was recorded",
      "2:no reason, no version, an expiry in the past, or not confirmed; nothing was recorded",
      "3:gate or upstream unavailable",
      "4:SHA-256 differs from the index; nothing was recorded",
      "5:unknown version, or its bytes can only come with a bundle; nothing was recorded",
      "6:another decision was recorded meanwhile; nothing was recorded",
      "8:recorded, but still withheld: a second person or --waive is needed"
    })
public final class ApproveVerb extends DecisionVerb {
  @Option(
      names = "--expires",
      paramLabel = "90d|DATE",
      description =
          "End of the approval or exemption: a span (90d, 12h, 6w) or the last day in UTC.")
  @Nullable String expires;

  @Option(
      names = "--criteria",
      paramLabel = "NAME",
      split = ",",
      description =
          "Criteria of cargo-vet that the version meets, for example safe-to-deploy. May be given"
              + " several times.")
  List<String> criteria = new ArrayList<>();

  @Option(
      names = "--delta",
      paramLabel = "VERSION",
      description = "Base version of the difference that was read, if not the whole was read.")
  @Nullable String delta;

  @Option(
      names = "--full",
      description = "On a terminal: the whole version was read, not only the difference.")
  boolean full;

  @Option(
      names = "--waive",
      paramLabel = "ID",
      description = {
        "Id of an advisory that the approval sets aside. A version that is reported as malware is"
            + " served after two persons waived the advisory. May be given several times."
      })
  List<String> waives = new ArrayList<>();

  @Option(
      names = "--reviewed",
      description = "Approve the packages of the lockfile permanently: all of them were read.")
  boolean reviewed;

  public ApproveVerb(CliSession session) {
    super(session);
  }

  private boolean exempts() {
    return lockfile != null && !reviewed;
  }

  @Override
  DecisionInfo.Kind kind() {
    return exempts() ? DecisionInfo.Kind.EXEMPT : DecisionInfo.Kind.APPROVE;
  }

  @Override
  String past() {
    return exempts() ? "exempted" : "approved";
  }

  @Override
  DecisionTerms terms() {
    if (full && delta != null) {
      throw usage(
          "--full and --delta exclude each other: the whole version or a difference was read");
    }
    if (reviewed && lockfile == null) {
      throw usage("--reviewed requires --lockfile; named versions are always approved");
    }
    if (exempts() && (delta != null || !waives.isEmpty())) {
      throw usage("--delta and --waive are for approvals; with --lockfile, add --reviewed");
    }
    return new DecisionTerms(end(), criteria, base(), waives);
  }

  private @Nullable CrateVersion base() {
    return delta == null ? null : CrateVersion.parse(delta);
  }

  private @Nullable Instant end() {
    if (expires == null) {
      return null;
    }
    try {
      return Timestamps.end(expires, session().now());
    } catch (IllegalArgumentException e) {
      throw usage("--expires is '" + expires + "', " + e.getMessage());
    }
  }

  @Override
  Optional<DecisionTerms> confirmed(DecisionTerms terms, SelectedVersion version) {
    List<String> named = criteria.isEmpty() ? List.of("safe-to-deploy") : criteria;
    ApprovalPrompt.Choice choice =
        new ApprovalPrompt(session()).ask(version, terms.delta(), full, named);
    return choice.agreed()
        ? Optional.of(terms.withReview(named, choice.delta()))
        : Optional.empty();
  }
}
