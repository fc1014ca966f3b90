package lazaret.vetting.desk;

import lazaret.vetting.desk.GateMeters.Count;
import org.jspecify.annotations.Nullable;

/// The recorder of the outcome of an artifact request: in the metrics and in the usage log. A
/// withheld version is also queued for inspection.
record Handed(GateMeters meters, Journal journal, Background background) {
  void note(DownloadOutcome outcome, Asker asker, @Nullable String lockfile) {
    switch (outcome) {
      case DownloadOutcome.Served served -> {
        meters.add(Count.DOWNLOADS_SERVED);
        journal.handedOut(served.id(), asker);
        if (!served.verdict().allows()) {
          meters.add(Count.DOWNLOADS_AUDITED);
          journal.askedInVain(served.id(), asker, lockfile, Request.waitsFor(served.verdict()));
        }
      }
      case DownloadOutcome.Withheld withheld -> {
        meters.add(Count.DOWNLOADS_WITHHELD);
        journal.askedInVain(withheld.id(), asker, lockfile, Request.waitsFor(withheld.verdict()));
        background.asked(withheld.id(), withheld.verdict(), asker);
      }
      case DownloadOutcome.Unknown _,
          DownloadOutcome.OtherCksum _,
          DownloadOutcome.Absent _,
          DownloadOutcome.Tampered _,
          DownloadOutcome.Pending _,
          DownloadOutcome.Unavailable _ -> {}
    }
  }
}
