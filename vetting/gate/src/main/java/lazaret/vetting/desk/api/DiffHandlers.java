package lazaret.vetting.desk.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lazaret.vetting.Deadline;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.review.CodeDeltaService;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffContextReply;
import lazaret.vetting.deskapi.diff.DiffContextRequest;
import lazaret.vetting.deskapi.diff.DiffFindReply;
import lazaret.vetting.deskapi.diff.DiffFindRequest;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.diff.DiffRowsRequest;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.DeltaSearch;
import lazaret.vetting.review.FileSummary;
import lazaret.vetting.review.hunk.LineWindow;
import org.jspecify.annotations.Nullable;

/// The operations on the difference of the code of two versions.
final class DiffHandlers {
  private static final int MOST_FILES = 1_000;
  private static final int MOST_ROWS = 600;
  private static final int MOST_FOUND = 200;

  /// The time in which one request compares files. A page shows the first files, and the others are
  /// compared meanwhile.
  private static final Duration COMPARISON = Duration.ofMillis(500);

  private final Desk desk;
  private final CodeDeltaService deltas;
  private final LenientNames names;

  DiffHandlers(Desk desk) {
    this.desk = desk;
    this.deltas = desk.reviews().code();
    this.names = new LenientNames(desk);
  }

  void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.DIFF, (request, _) -> files(request));
    handlers.add(ReviewOperations.DIFF_ROWS, (request, _) -> rows(request));
    handlers.add(ReviewOperations.DIFF_CONTEXT, (request, _) -> context(request));
    handlers.add(ReviewOperations.DIFF_FIND, (request, _) -> find(request));
  }

  private DiffReply files(DiffRequest request) {
    if (request.stored()) {
      requireStored(request.name(), request.version(), request.base());
    }
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    CodeDelta delta = prepared.delta();
    boolean complete = deltas.compare(prepared, COMPARISON);
    List<FileSummary> files = delta.files();
    int from = Math.clamp(or(request.from(), 0), 0, files.size());
    int limit = Math.clamp(or(request.limit(), MOST_FILES), 1, MOST_FILES);
    return new DiffReply(
        DiffInfos.subject(prepared),
        complete,
        delta.roles().stream().map(DiffInfos::role).toList(),
        from,
        files.size(),
        files.stream().skip(from).limit(limit).map(DiffInfos::file).toList());
  }

  private DiffRowsReply rows(DiffRowsRequest request) {
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    CodeDelta delta = prepared.delta();
    int start = request.hunk() == null ? 0 : delta.firstRow(request.path(), request.hunk());
    int from = (int) Math.min((long) start + Math.max(or(request.from(), 0), 0), Integer.MAX_VALUE);
    int limit = Math.clamp(or(request.limit(), MOST_ROWS), 1, MOST_ROWS);
    LineWindow window = delta.rows(request.path(), from, limit, or(request.chars(), 0));
    int next = window.from() + window.lines().size();
    return new DiffRowsReply(
        DiffInfos.subject(prepared),
        DiffInfos.file(delta.file(request.path())),
        window.hunks().stream().map(DiffInfos::hunk).toList(),
        window.from(),
        next < window.total() ? next : null,
        window.lines().stream().map(DiffInfos::line).toList());
  }

  private DiffContextReply context(DiffContextRequest request) {
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    int from = or(request.from(), 1);
    int to = or(request.to(), Integer.MAX_VALUE);
    return new DiffContextReply(
        DiffInfos.subject(prepared),
        request.path(),
        prepared.delta().context(request.path(), from, to).stream().map(DiffInfos::line).toList());
  }

  private DiffFindReply find(DiffFindRequest request) {
    DeltaSearch search = new DeltaSearch(request.words(), or(request.from(), 0), MOST_FOUND);
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    DeltaSearch.Result result =
        prepared.delta().find(search, Deadline.after(COMPARISON, Deadline.MONOTONIC));
    List<DeltaSearch.Line> lines = result.lines();
    return new DiffFindReply(
        DiffInfos.subject(prepared),
        lines.stream().limit(MOST_FOUND).map(line -> DiffInfos.found(line, search)).toList(),
        Math.max(0, lines.size() - MOST_FOUND),
        result.next());
  }

  private static int or(@Nullable Integer value, int missing) {
    return Objects.requireNonNullElse(value, missing);
  }

  /// Refuses a difference for which an artifact would be fetched.
  private void requireStored(CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    if (!deltas.requireStored(name, version, base)) {
      boolean _ = deltas.requireStored(name, names.version(name, version), base);
    }
  }

  private Prepared prepared(CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    Optional<Prepared> found = deltas.prepare(name, version, base);
    return found
        .or(() -> deltas.prepare(name, names.version(name, version), base))
        .orElseThrow(
            () ->
                UnlistedReply.unknown(
                    desk,
                    name,
                    version,
                    "there is no '%s %s' in the index%s"
                        .formatted(name, version, names.hint(name, version))));
  }
}
