package lazaret.web.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.diff.DiffRowsRequest;
import lazaret.web.PageRequest;
import org.jspecify.annotations.Nullable;

/// Some rows of the difference of one file.
///
/// @param file the file, compared
/// @param hunks the hunks of the rows, and the one before them if it is known
/// @param from the index of the first row, from 0
/// @param rows the rows
/// @param whole whether the last row is the last one of the file
public record RowWindow(
    DiffFileInfo file, List<DiffHunkInfo> hunks, int from, List<DiffLineInfo> rows, boolean whole) {
  private static final int MAX_ROWS = 600;

  /// A reply ends early if its lines are long. Each has at least one row.
  private static final int MAX_REPLIES = 16;

  /// Fetches the rows of a span of a file.
  ///
  /// @throws lazaret.web.PageProblem if they cannot be shown
  public static RowWindow fetch(PageRequest request, ReviewQuery query, String path, Span span) {
    // One row more: its hunk ends where the equal lines in front of the next one begin.
    int before = span.hunk() == null && span.from() > 0 ? 1 : 0;
    int next = span.from() - before;
    int rest = span.limit() + before;
    Integer hunk = span.hunk();
    Collected all = new Collected();
    for (int i = 0; i < MAX_REPLIES && rest > 0; i++) {
      DiffRowsReply reply =
          request.call(
              ReviewOperations.DIFF_ROWS,
              new DiffRowsRequest(
                  query.name(),
                  query.version(),
                  query.base(),
                  path,
                  hunk,
                  next,
                  Math.min(rest, MAX_ROWS),
                  span.chars()));
      all.add(reply);
      if (reply.next() == null || reply.rows().isEmpty()) {
        break;
      }
      hunk = null;
      next = reply.next();
      rest -= reply.rows().size();
    }
    return all.window(before);
  }

  /// The rows to fetch.
  ///
  /// @param hunk the number of the hunk from whose first row `from` counts; null for the first row
  ///   of the file
  /// @param from the first row, from 0
  /// @param limit the number of rows, at least 1
  /// @param chars the number of characters after which a line is cut; null for the usual one
  public record Span(@Nullable Integer hunk, int from, int limit, @Nullable Integer chars) {
    /// The largest number of characters after which a line is cut.
    public static final int MAX_CHARS = 65_536;

    /// Creates a span of lines that are cut after the usual number of characters.
    public Span(@Nullable Integer hunk, int from, int limit) {
      this(hunk, from, limit, null);
    }
  }

  private static final class Collected {
    private final Map<Integer, DiffHunkInfo> hunks = new LinkedHashMap<>();
    private final List<DiffLineInfo> rows = new ArrayList<>();
    private @Nullable DiffRowsReply first;
    private boolean whole;

    void add(DiffRowsReply reply) {
      first = first == null ? reply : first;
      whole = reply.next() == null;
      rows.addAll(reply.rows());
      reply.hunks().forEach(hunk -> hunks.put(hunk.number(), hunk));
    }

    RowWindow window(int before) {
      DiffRowsReply start = first;
      if (start == null) {
        throw new IllegalArgumentException("cannot fetch rows: expected a limit of at least 1");
      }
      int skip = Math.min(before, rows.size());
      return new RowWindow(
          start.file(),
          List.copyOf(hunks.values()),
          start.from() + skip,
          List.copyOf(rows.subList(skip, rows.size())),
          whole);
    }
  }

  /// Returns the hunk with a row.
  ///
  /// @param row the index of the row in the file
  public DiffHunkInfo hunk(int row) {
    return hunks.stream()
        .filter(hunk -> hunk.firstRow() <= row && row < hunk.firstRow() + hunk.rows())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no hunk has the row " + row));
  }

  /// Returns the number of equal lines in front of a hunk; empty if the hunk before it is not
  /// known.
  public Optional<Integer> equalBefore(DiffHunkInfo hunk) {
    if (hunk.number() == 1) {
      return Optional.of(start(hunk) - 1);
    }
    return hunks.stream()
        .filter(each -> each.number() == hunk.number() - 1)
        .findFirst()
        .map(each -> start(hunk) - start(each) - each.newCount());
  }

  /// Returns the first line of a hunk in the reviewed version.
  public static int start(DiffHunkInfo hunk) {
    return hunk.newCount() == 0 ? hunk.newFrom() + 1 : hunk.newFrom();
  }
}
