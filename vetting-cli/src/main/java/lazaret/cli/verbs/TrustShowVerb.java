package lazaret.cli.verbs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import lazaret.bundle.importing.HighWater;
import lazaret.bundle.keys.RootView;
import lazaret.bundle.keys.StoredTrust;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Shows the root that a store believes, and how far imports ever came.",
    footer = {"Examples:", "  vetting-cli trust show --data-dir /srv/lazaret"},
    exitCodeList = {
      "0:shown",
      "2:--data-dir is missing, or there is no store",
      "3:a server holds the folder, or no root is trusted"
    })
final class TrustShowVerb extends StoreVerb {
  TrustShowVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Path folder = existing();
    JsonObject.Builder told;
    try (var store = open()) {
      var trust = new StoredTrust(store);
      RootView root = RootView.of(trust);
      told = RootPage.told(root).toBuilder();
      Instant floor = trust.clockFloor();
      if (floor.isAfter(Instant.EPOCH)) {
        told.put("clock_floor", floor.toString());
      }
    }
    Optional<HighWater> mark = HighWater.read(HighWater.beside(folder));
    mark.ifPresent(high -> told.put("high_water", high.line()));
    JsonObject all = told.build();
    if (session().json()) {
      terminal().json(all);
    } else {
      RootPage.print(terminal(), all);
      all.text("clock_floor")
          .ifPresent(floor -> terminal().line("newest bundle of  " + Moments.minute(floor)));
      terminal().line("imports came to  " + all.text("high_water").orElse("nothing yet"));
    }
    return ExitCode.DONE;
  }
}
