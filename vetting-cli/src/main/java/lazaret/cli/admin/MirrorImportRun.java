package lazaret.cli.admin;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.desk.CliException.Problem;
import lazaret.cli.desk.DeskClient;
import lazaret.cli.desk.DeskClient.Outcome;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
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
    Outcome outcome =
        desk.offer(DeskQuestion.put(DeskQuestion.path("import", "index", published), body));
    if (outcome instanceof Outcome.Failed failed) {
      counting.refuse(
          failed.gravest().code(), failed.gravest().detail(), published.published(), null);
      return;
    }
    file.entries().forEach(entry -> artifact(entry, counting));
  }

  private void artifact(IndexEntry entry, Counting counting) {
    String name = entry.name().published();
    String version = entry.version().text();
    if (!mirror.holds(entry.id())) {
      counting.missing++;
    } else if (held(entry)) {
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

  private boolean held(IndexEntry entry) {
    Outcome outcome =
        desk.offer(DeskQuestion.get(DeskQuestion.path("crates", entry.name(), entry.version())));
    return outcome instanceof Outcome.Done(JsonObject document)
        && document.flag("held")
        && document.words("cksum").equals(entry.cksum().hex());
  }

  private void send(IndexEntry entry, Bytes bytes, Counting counting) {
    Outcome outcome =
        desk.offer(
            DeskQuestion.put(
                DeskQuestion.path("import", "crates", entry.name(), entry.version()), bytes));
    switch (outcome) {
      case Outcome.Done _ -> counting.taken++;
      case Outcome.Failed failed ->
          counting.refuse(
              failed.gravest().code(),
              failed.gravest().detail(),
              entry.name().published(),
              entry.version().text());
    }
  }

  /// The counts and problems of one crate while it is imported.
  private static final class Counting {
    private final List<Problem> refused = new ArrayList<>();
    private int taken;
    private int before;
    private int missing;

    private void refuse(ErrorCode code, String detail, String name, @Nullable String version) {
      refused.add(new Problem(code, detail, name, version));
    }

    private Taken result() {
      return new Taken(taken, before, missing, List.copyOf(refused));
    }
  }
}
