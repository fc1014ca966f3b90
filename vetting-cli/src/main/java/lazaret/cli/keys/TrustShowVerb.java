package lazaret.cli.keys;

import java.time.Instant;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.tuf.Target;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.KnownTrust;
import lazaret.cli.command.Verb;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Show the trusted root and the newest imported snapshot",
    description = {
      "",
      "Without a running gate, the store of LAZARET_DATA_DIR or --data-dir is opened."
    },
    footer = {
      "Examples:",
      "  vetting-cli trust show",
      "  vetting-cli trust show --data-dir /srv/lazaret"
    },
    exitCodeList = {
      "0:success",
      "2:no store",
      "3:gate and store unavailable, or no root is trusted"
    })
final class TrustShowVerb extends Verb {
  TrustShowVerb(CliSession session) {
    super(session);
  }

  /// Returns `STORE`, as the other verbs of the group, so that the help omits options about a
  /// server. The server of this machine is found without options.
  @Override
  public Target asks() {
    return Target.STORE;
  }

  @Override
  public ExitCode run() {
    KnownTrust trust = session().knownTrust();
    RootText.RootDocument root = RootText.document(RootView.of(trust.root()));
    if (session().json()) {
      terminal().json(new TrustDocument(root, trust.clockFloor(), trust.highWaterMark()));
    } else {
      RootText.print(terminal(), root);
      terminal().line("trusted by        " + trust.where());
      if (trust.clockFloor() != null) {
        terminal().line("newest bundle of  " + Timestamps.minute(trust.clockFloor()));
      }
      terminal()
          .line(
              "high-water mark   "
                  + (trust.highWaterMark() == null ? "none" : trust.highWaterMark()));
    }
    return ExitCode.DONE;
  }

  /// The JSON of the trust in bundles.
  ///
  /// @param root the trusted root
  /// @param clockFloor the creation time of the newest bundle, or null before the first import
  /// @param highWater the line that the last import printed, or null before the first import
  private record TrustDocument(
      @Inline RootText.RootDocument root,
      @Nullable Instant clockFloor,
      @Nullable String highWater) {}
}
