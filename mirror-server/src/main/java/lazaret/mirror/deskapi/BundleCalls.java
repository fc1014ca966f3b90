package lazaret.mirror.deskapi;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The handlers for snapshots and bundles.
final class BundleCalls {
  private static final List<String> VERBS = List.of("export", "import", "rollback");

  private final SnapshotService snapshots;
  private final Optional<BundleService> freight;

  BundleCalls(SnapshotService snapshots, Optional<BundleService> freight) {
    this.snapshots = snapshots;
    this.freight = freight;
  }

  DeskResponse list() {
    return DeskResponse.ok(
        json -> {
          json.put("head", snapshots.head());
          json.list("snapshots", snapshots.all(), BundleCalls::snapshot);
          json.list("revocations", revocations(), BundleCalls::revocation);
        });
  }

  /// Returns the revocations in force in addition to the served snapshot. The list is empty if the
  /// server is fed by an upstream, whose own snapshots contain them.
  private List<RevocationInfo> revocations() {
    return snapshots.head() == 0
        ? List.of()
        : freight.map(BundleService::revocations).orElse(List.of());
  }

  private static void revocation(JsonWriter out, RevocationInfo revocation) {
    out.text("number", revocation.number())
        .text("at", revocation.at())
        .text("bundle", revocation.bundle().hex())
        .put("versions", revocation.versions());
  }

  /// Answers with the root that bundles are checked with. It is public, because each bundle
  /// contains it.
  DeskResponse trust() {
    TrustReply trust =
        freight.map(BundleService::trust).orElseGet(() -> new TrustReply(false, null, null, null));
    return new DeskResponse(200, DeskJson.encode(trust), null);
  }

  /// Writes the served snapshot, the time of the next one, and whether the store is behind the
  /// imported snapshots. Writes nothing if the server is fed by an upstream.
  void status(JsonWriter json) {
    Optional<StoreLag> behind = freight.flatMap(BundleService::storeLag);
    if (snapshots.head() == 0 && behind.isEmpty()) {
      return;
    }
    json.object(
        "snapshot",
        out -> {
          out.put("head", snapshots.head());
          snapshots
              .next()
              .ifPresent(
                  next ->
                      out.put("newest", next.newest())
                          .put("next_expected_by", next.promised())
                          .put("overdue", next.overdue())
                          .text("detail", next));
          List<RevocationInfo> revocations = revocations();
          if (!revocations.isEmpty()) {
            out.list("revocations", revocations, BundleCalls::revocation);
          }
          behind.ifPresent(b -> out.object("behind", to -> behind(to, b)));
        });
  }

  private static void behind(JsonWriter out, StoreLag behind) {
    out.put("held", behind.stored());
    if (behind.highWaterMark() > 0) {
      out.put("mark", behind.highWaterMark());
    }
    out.text("detail", behind.detail());
  }

  private static void snapshot(JsonWriter out, SnapshotInfo info) {
    out.put("sequence", info.sequence())
        .put("epoch", info.epoch())
        .put("kind", info.kind().word())
        .put("state_root", info.stateRoot().hex())
        .put("bundle", info.bundle().hex())
        .text("issued", info.issued())
        .text("at", info.at())
        .put("crates", info.crates())
        .put("versions", info.versions());
  }

  DeskResponse ask(String verb, DeskRequest request) {
    if (freight.isEmpty()) {
      return DeskResponse.error(
          ErrorCode.CONFIG_INVALID, "this server was started without the bundle service");
    }
    if (!VERBS.contains(verb)) {
      return DeskResponse.error(
          ErrorCode.UNKNOWN,
          "there is no such bundle operation; expected one of " + String.join(", ", VERBS));
    }
    BundleService service = freight.get();
    Bytes body = request.body();
    String by = request.caller().owner();
    Record reply =
        switch (verb) {
          case "export" -> service.export(DeskJson.reply(ExportRequest.class, body), by);
          case "import" -> service.importBundle(DeskJson.reply(ImportRequest.class, body), by);
          default -> service.rollback(DeskJson.reply(RollbackRequest.class, body), by);
        };
    return new DeskResponse(200, DeskJson.encode(reply), null);
  }
}
