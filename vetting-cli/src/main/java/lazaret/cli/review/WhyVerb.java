package lazaret.cli.review;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.crates.PastVerdictReply;
import lazaret.vetting.deskapi.crates.PastVerdictRequest;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `why`, which explains why a version is served or withheld.
@Command(
    name = "why",
    header = "Explain why a version is or is not served",
    description = {
      "",
      "With --at, the verdict at a past moment is explained, as it was recorded then. A version"
          + " that is served by its age alone has no record."
    },
    footer = {
      "Examples:",
      "  vetting-cli why serde@1.0.219",
      "  vetting-cli why serde@1.0.219 --json | jq -r .verdict.kind",
      "  vetting-cli why serde@1.0.219 --at 2026-11-20T09:30:00Z"
    },
    exitCodeList = {
      "0:served by its verdict, even if its bytes are not stored",
      "1:withheld",
      "2:no exact version, or a moment that is not in the past",
      "3:gate or upstream unavailable",
      "5:no such crate or version, or no recorded verdict of that moment"
    })
public final class WhyVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Moment (2026-11-20T09:30:00Z), end of a day in UTC (2026-11-20), or span before now (3d,"
              + " 12h).")
  @Nullable String at;

  public WhyVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    if (at != null) {
      return past(exact, at);
    }
    Reply<VersionReply> reply =
        desk().reply(CrateOperations.VERSION, new VersionRequest(exact.name(), exact.version()));
    return switch (reply) {
      case Reply.Done<VersionReply> done -> {
        print(done, () -> text().print(done.value()));
        yield code(done.value().served());
      }
      case Reply.Refused<VersionReply> refused when isLocked(refused) -> refusal(exact);
      case Reply.Refused<VersionReply> refused -> unlisted(exact, refused);
    };
  }

  private static boolean isLocked(Reply.Refused<VersionReply> refused) {
    return refused.problems().getFirst().code() == ErrorCode.UNAUTHENTICATED;
  }

  /// Explains a version by its refusal, which the gate shows without a token.
  private ExitCode refusal(VersionArguments.Exact exact) {
    Reply<RefusalReply> reply =
        desk().reply(RequestOperations.REFUSAL, new RefusalRequest(exact.name(), exact.version()));
    return switch (reply) {
      case Reply.Done<RefusalReply> done -> {
        print(done, () -> text().print(done.value()));
        yield code(done.value().served());
      }
      case Reply.Refused<RefusalReply> refused -> unlisted(exact, refused);
    };
  }

  /// Prints the refusal of a version that the index does not list.
  ///
  /// @throws DeskException if the desk refused for another reason
  private ExitCode unlisted(VersionArguments.Exact exact, Reply.Refused<?> refused) {
    VerdictInfo verdict = refused.problems().getFirst().verdict();
    if (verdict == null) {
      throw new DeskException(
          "cannot explain %s@%s".formatted(exact.name(), exact.version()), refused.problems());
    }
    UnlistedVersionText unlisted = new UnlistedVersionText(exact.name(), exact.version(), verdict);
    if (session().json()) {
      terminal().json(DeskJson.encode(unlisted));
    } else {
      text().print(unlisted);
    }
    return ExitCode.REFUSED;
  }

  private ExitCode past(VersionArguments.Exact exact, String text) {
    Instant moment = moment(text);
    Reply<PastVerdictReply> reply =
        desk()
            .reply(
                CrateOperations.PAST_VERDICT,
                new PastVerdictRequest(exact.name(), exact.version(), moment));
    PastVerdictReply past =
        DeskClient.value(reply, "cannot explain %s at %s".formatted(word, moment));
    print(reply, () -> new PastVerdictText(terminal(), session().now()).print(past));
    boolean known = past.verdict() != null || past.served();
    return known ? code(past.served()) : ExitCode.UNKNOWN;
  }

  private Instant moment(String text) {
    try {
      return Timestamps.past(text, session().now());
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot explain %s: --at is '%s', %s".formatted(word, text, e.getMessage()),
          e);
    }
  }

  private void print(Reply<?> reply, Runnable text) {
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      text.run();
    }
  }

  private WhyText text() {
    return new WhyText(terminal(), session().now());
  }

  private static ExitCode code(boolean served) {
    return served ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
