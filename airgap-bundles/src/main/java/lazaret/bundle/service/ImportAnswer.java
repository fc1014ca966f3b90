package lazaret.bundle.service;

import java.util.Optional;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.plan.ImportPlan;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The response of the verb `import`.
final class ImportAnswer {
  private ImportAnswer() {}

  /// Returns the response.
  ///
  /// @param outcome the outcome of the import
  /// @param receipt the current state of the network, or empty
  static Bytes of(ImportOutcome outcome, Optional<Receipt> receipt) {
    return JsonWriter.object(
        json -> {
          switch (outcome) {
            case ImportOutcome.Imported done -> imported(json, done);
            case ImportOutcome.AlreadyImported(SnapshotInfo held) -> {
              json.text("outcome", "already-imported");
              held(json, held);
            }
            case ImportOutcome.Pending(long sequence, long needed, String ask) ->
                json.text("outcome", "waiting")
                    .put("sequence", sequence)
                    .put("needed", needed)
                    .text("ask", ask);
            case ImportOutcome.Planned(ImportPlan plan) -> {
              json.text("outcome", "planned");
              json.object("plan", out -> plan(out, plan));
            }
          }
          json.text("receipt", receipt.map(Receipt::line));
        });
  }

  private static void imported(JsonWriter json, ImportOutcome.Imported done) {
    json.text("outcome", "imported");
    held(json, done.snapshot());
    json.object("plan", out -> plan(out, done.plan()));
    json.object("rejudged", out -> rejudged(out, done.consequences()));
    json.text("mark", done.highWaterMark().line());
    Optional<ImportOutcome.Imported> then = done.then();
    then.ifPresent(next -> json.object("then", out -> imported(out, next)));
  }

  private static void held(JsonWriter json, SnapshotInfo info) {
    json.object(
        "snapshot",
        out ->
            out.put("sequence", info.sequence())
                .put("epoch", info.epoch())
                .text("kind", info.kind().word())
                .text("state_root", info.stateRoot().hex())
                .text("bundle", info.bundle().hex())
                .text("issued", info.issued())
                .text("at", info.at())
                .put("crates", info.crates())
                .put("versions", info.versions()));
  }

  private static void plan(JsonWriter json, ImportPlan plan) {
    json.object("bundle", out -> Statements.put(out, plan.statement(), plan.bundle()));
    json.put("base", plan.base());
    json.object(
        "changes",
        out -> {
          ImportPlan.Changes changes = plan.changes();
          some(out, "added", changes.added());
          some(out, "changed", changes.changed());
          some(out, "yanked", changes.yanked());
          some(out, "removed", changes.removed());
          some(out, "revoked", changes.revoked());
        });
    json.object(
        "attention",
        out -> {
          ImportPlan.Attention attention = plan.attention();
          some(out, "cksum_changed", attention.cksumChanged());
          some(out, "build_scripts", attention.buildScripts());
          some(out, "advisories", attention.advisories());
        });
    json.object(
        "load",
        out -> {
          ImportPlan.Volume load = plan.load();
          out.put("crates", load.crates())
              .put("entries", load.entries())
              .put("artefacts", load.artifacts())
              .put("bytes", load.bytes())
              .put("held", load.stored());
        });
  }

  private static void some(JsonWriter json, String name, ImportPlan.Sample some) {
    json.object(name, out -> out.put("count", some.count()).texts("items", some.first()));
  }

  /// Writes the re-evaluated versions and the clients that have versions that are no longer served.
  static void rejudged(JsonWriter json, FeedUpdateReport.Reevaluation rejudged) {
    json.put("versions", rejudged.versions())
        .put("withdrawn", rejudged.withdrawn())
        .put("freed", rejudged.released())
        .list("concerned", rejudged.affected(), ImportAnswer::radius);
  }

  private static void radius(JsonWriter json, BlastRadius radius) {
    json.text("name", radius.name())
        .text("version", radius.version())
        .put("holders", radius.holders().size() + radius.more())
        .put("lockfiles", radius.lockfiles().size());
  }
}
