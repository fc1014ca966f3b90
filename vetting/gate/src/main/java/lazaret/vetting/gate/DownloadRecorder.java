package lazaret.vetting.gate;

import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import org.jspecify.annotations.Nullable;

/// The recorder of the outcome of an artifact request: in the metrics and in the usage log. A
/// withheld version is also queued for inspection.
record DownloadRecorder(GateCounters meters, UsageLog usageLog, BackgroundTasks background) {
  void note(DownloadOutcome outcome, Requester asker, @Nullable String lockfile) {
    switch (outcome) {
      case DownloadOutcome.Served served -> {
        meters.add(Count.DOWNLOADS_SERVED);
        usageLog.handedOut(served.id(), asker);
        if (!served.verdict().allows()) {
          meters.add(Count.DOWNLOADS_AUDIT_MODE);
          usageLog.askedInVain(
              served.id(), asker, lockfile, QueuedRequest.waitsFor(served.verdict()));
        }
      }
      case DownloadOutcome.Withheld withheld -> {
        meters.add(Count.DOWNLOADS_WITHHELD);
        usageLog.askedInVain(
            withheld.id(), asker, lockfile, QueuedRequest.waitsFor(withheld.verdict()));
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
