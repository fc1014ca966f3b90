package lazaret.vetting.desk.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.FsckReport;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.store.BackupReply;
import lazaret.vetting.deskapi.store.BackupRequest;
import lazaret.vetting.deskapi.store.ClusterNodeInfo;
import lazaret.vetting.deskapi.store.ClusterReply;
import lazaret.vetting.deskapi.store.FsckReply;
import lazaret.vetting.deskapi.store.FsckRequest;
import lazaret.vetting.deskapi.store.ImportCrateRequest;
import lazaret.vetting.deskapi.store.ImportIndexRequest;
import lazaret.vetting.deskapi.store.ImportNoteReply;
import lazaret.vetting.deskapi.store.ImportNoteRequest;
import lazaret.vetting.deskapi.store.ImportedReply;
import lazaret.vetting.deskapi.store.OperationInfo;
import lazaret.vetting.deskapi.store.OperationsReply;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.progress.ProgressShare;

/// The operations on the store: its servers, import of another mirror, check, backup.
final class StoreHandlers {
  private static final int MAX_DETAIL = 2_000;

  private final Desk desk;
  private final RunningOperations running;

  /// @param running the long operations of the program
  StoreHandlers(Desk desk, RunningOperations running) {
    this.desk = desk;
    this.running = running;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(StoreOperations.CLUSTER, (_, _) -> cluster());
    handlers.add(StoreOperations.IMPORT_INDEX, (request, _) -> importIndex(request));
    handlers.add(StoreOperations.IMPORT_CRATE, (request, _) -> importCrate(request));
    handlers.add(StoreOperations.NOTE_IMPORT, this::noteImport);
    handlers.add(StoreOperations.OPERATIONS, (_, _) -> operations());
    handlers.add(
        StoreOperations.FSCK,
        (request, caller) -> running.run("fsck", () -> fsck(request, caller)));
    handlers.add(
        StoreOperations.BACKUP, (request, _) -> running.run("backup", () -> backup(request)));
  }

  private ClusterReply cluster() {
    return desk.snapshots()
        .store()
        .shared()
        .map(
            nodes ->
                new ClusterReply(
                    nodes.nodes().stream().map(StoreHandlers::node).toList(),
                    nodes.age().toMillis(),
                    nodes.maxStaleness().toMillis()))
        .orElseGet(() -> new ClusterReply(List.of(), null, null));
  }

  private static ClusterNodeInfo node(ClusterNode node) {
    return new ClusterNodeInfo(
        node.name(),
        node.product(),
        node.live(),
        node.started(),
        node.lastBeat(),
        node.applied(),
        node.policy());
  }

  private ImportedReply importIndex(ImportIndexRequest request) {
    desk.imports().index(request.name(), request.file());
    return new ImportedReply(request.name(), null);
  }

  private ImportedReply importCrate(ImportCrateRequest request) {
    desk.imports()
        .artifact(request.name(), request.version(), request.artifact())
        .ifPresent(
            refusal -> {
              throw new ProblemException(refusal.code(), refusal.detail());
            });
    return new ImportedReply(request.name(), request.version());
  }

  private ImportNoteReply noteImport(ImportNoteRequest request, Caller caller) {
    String detail = request.detail();
    if (detail.isBlank() || detail.length() > MAX_DETAIL) {
      throw new MalformedException(
          "cannot record the import: expected 1 to %d characters as `detail`, found %d"
              .formatted(MAX_DETAIL, detail.strip().length()));
    }
    desk.imports().recordImport(caller.owner(), detail);
    return new ImportNoteReply(true);
  }

  private OperationsReply operations() {
    return new OperationsReply(
        running.running().stream().map(each -> operation(each.name(), each.share())).toList());
  }

  private static OperationInfo operation(String name, ProgressShare share) {
    return new OperationInfo(name, share.phase(), share.done(), share.total(), share.unit());
  }

  private FsckReply fsck(FsckRequest request, Caller caller) {
    Optional<String> accepted =
        request.acceptLoss() ? desk.acceptLoss(caller.owner()) : Optional.empty();
    FsckReport report = desk.fsck(!request.skipArtifacts());
    return new FsckReply(
        report.clean(),
        report.crates(),
        report.artifacts(),
        report.ledgerEntries(),
        report.faults(),
        report.repaired(),
        accepted.filter(text -> !text.isEmpty()).orElse(null));
  }

  private BackupReply backup(BackupRequest request) {
    Path folder = Path.of(request.folder().text()).normalize();
    long omitted = desk.backup(folder);
    return new BackupReply(new ServerPath(folder.toString()), omitted);
  }
}
