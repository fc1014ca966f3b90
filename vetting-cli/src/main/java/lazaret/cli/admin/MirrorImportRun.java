package lazaret.cli.admin;

import java.util.ArrayList;
import java.util.List;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.store.ImportCrateRequest;
import lazaret.vetting.deskapi.store.ImportIndexRequest;
import lazaret.vetting.deskapi.store.ImportedReply;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The import of crates from a folder through a desk, one crate at a time. Thread-safe.
final class MirrorImportRun {
  private final DeskClient desk;
  private final FolderUpstream mirror;

  MirrorImportRun(DeskClient desk, FolderUpstream mirror) {
    this.desk = desk;
    this.mirror = mirror;
  }

  /// The result of one crate.
  ///
  /// @param taken the number of artifacts that were sent and stored
  /// @param before the number of artifacts that were stored before
  /// @param missing the number of versions without a file in the folder
  /// @param refused the versions that the gate refused or that the folder cannot provide
  record Taken(int taken, int before, int missing, List<Problem> refused) {}

  Taken take(CrateName name) {
    Counting counting = new Counting();
    switch (mirror.index(name, Validators.NONE)) {
      case Upstream.IndexResponse.Fresh fresh -> index(name, fresh.body(), counting);
      case Upstream.IndexResponse.Unavailable none ->
          counting.refuse(ErrorCode.REFUSED_BY_POLICY, none.why(), name.published(), null);
      case Upstream.IndexResponse.Absent _, Upstream.IndexResponse.NotModified _ -> {}
    }
    return counting.result();
  }

  private void index(CrateName name, Bytes body, Counting counting) {
    IndexFile file;
    try {
      file = IndexFile.parse(name, body, IndexLimits.DEFAULT);
    } catch (MalformedException e) {
      counting.refuse(
          ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()), name.published(), null);
      return;
    }
    if (file.entries().isEmpty()) {
      return;
    }
    // The file has the lower-case name, and its lines have the published name.
    CrateName published = file.entries().getFirst().name();
    switch (desk.reply(StoreOperations.IMPORT_INDEX, new ImportIndexRequest(published, body))) {
      case Reply.Done<ImportedReply> _ ->
          file.entries().forEach(entry -> artifact(entry, counting));
      case Reply.Refused<ImportedReply> refused ->
          counting.refuse(refused.problems().getFirst(), published.published(), null);
    }
  }

  private void artifact(IndexEntry entry, Counting counting) {
    String name = entry.name().published();
    String version = entry.version().text();
    if (!mirror.holds(entry.id())) {
      counting.missing++;
    } else if (isStored(entry)) {
      counting.before++;
    } else {
      switch (mirror.artifact(entry.id())) {
        case Upstream.ArtifactResponse.Absent _ -> counting.missing++;
        case Upstream.ArtifactResponse.Unavailable none ->
            counting.refuse(ErrorCode.REFUSED_BY_POLICY, none.why(), name, version);
        case Upstream.ArtifactResponse.Received received ->
            send(entry, received.crate().bytes(), counting);
      }
    }
  }

  private boolean isStored(IndexEntry entry) {
    return switch (desk.reply(
        CrateOperations.VERSION, new VersionRequest(entry.name(), entry.version()))) {
      case Reply.Done<VersionReply> done ->
          done.value().stored() && done.value().cksum().equals(entry.cksum());
      case Reply.Refused<VersionReply> _ -> false;
    };
  }

  private void send(IndexEntry entry, Bytes bytes, Counting counting) {
    switch (desk.reply(
        StoreOperations.IMPORT_CRATE,
        new ImportCrateRequest(entry.name(), entry.version(), bytes))) {
      case Reply.Done<ImportedReply> _ -> counting.taken++;
      case Reply.Refused<ImportedReply> refused ->
          counting.refuse(
              refused.problems().getFirst(), entry.name().published(), entry.version().text());
    }
  }

  /// The counts and problems of one crate while it is imported.
  private static final class Counting {
    private final List<Problem> refused = new ArrayList<>();
    private int taken;
    private int before;
    private int missing;

    private void refuse(ErrorCode code, String detail, String name, @Nullable String version) {
      refused.add(new Problem(code, detail, name, version, null));
    }

    private void refuse(Problem problem, String name, @Nullable String version) {
      refuse(problem.code(), problem.detail(), name, version);
    }

    private Taken result() {
      return new Taken(taken, before, missing, List.copyOf(refused));
    }
  }
}
