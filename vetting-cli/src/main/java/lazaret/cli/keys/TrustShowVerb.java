package lazaret.cli.keys;

import lazaret.bundle.ceremony.RootView;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.KnownTrust;
import lazaret.cli.command.Verb;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Timestamps;
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
    JsonObject.Builder told = RootText.told(RootView.of(trust.root())).toBuilder();
    if (trust.clockFloor() != null) {
      told.put("clock_floor", trust.clockFloor());
    }
    if (trust.highWaterMark() != null) {
      told.put("high_water", trust.highWaterMark());
    }
    JsonObject all = told.build();
    if (session().json()) {
      terminal().json(all);
    } else {
      RootText.print(terminal(), all);
      terminal().line("trusted by        " + trust.where());
      all.text("clock_floor")
          .ifPresent(floor -> terminal().line("newest bundle of  " + Timestamps.minute(floor)));
      terminal().line("high-water mark   " + all.text("high_water").orElse("none"));
    }
    return ExitCode.DONE;
  }
}
