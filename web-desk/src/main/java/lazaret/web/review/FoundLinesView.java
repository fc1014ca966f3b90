package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffFindReply;
import lazaret.vetting.deskapi.diff.DiffFindRequest;
import lazaret.vetting.deskapi.diff.DiffFoundLineInfo;
import lazaret.web.PageRequest;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.PartPosition;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewQuery;

/// The lines of a difference that contain a text. The server searches: a browser has only the hunks
/// that are on the page.
///
/// @param words the text as typed; empty if nothing is searched
/// @param mistake the reason for which nothing was searched; empty if there is none
/// @param items the lines
/// @param omitted the number of further lines that are not listed
/// @param further the address of the search in further files; empty if all were searched
public record FoundLinesView(
    String words, String mistake, List<Item> items, long omitted, String further) {
  /// Nothing is searched.
  static final FoundLinesView NONE = new FoundLinesView("", "", List.of(), 0, "");

  public FoundLinesView {
    items = List.copyOf(items);
  }

  /// A line with its place.
  ///
  /// @param path the path of the file
  /// @param place the line, and whether it was removed or moved
  /// @param excerpt a part of the line
  /// @param address the address of the page with the line; empty if the page cannot show it
  public record Item(String path, String place, String excerpt, String address) {}

  /// Searches the text that the address of a review names.
  static FoundLinesView of(ReviewContext context) {
    PageRequest request = context.request();
    ReviewQuery query = context.query();
    String words = request.query().text("find").orElse("");
    if (words.isEmpty()) {
      return NONE;
    }
    int from = ReviewBuilder.number(request.query(), "at");
    return switch (request.reply(
        ReviewOperations.DIFF_FIND,
        new DiffFindRequest(query.name(), query.version(), query.base(), words, from))) {
      case Reply.Done<DiffFindReply> done -> found(context, words, done.value());
      case Reply.Refused<DiffFindReply> refused ->
          new FoundLinesView(
              words, refused.problems().getFirst().sentence() + ".", List.of(), 0, "");
    };
  }

  private static FoundLinesView found(ReviewContext context, String words, DiffFindReply reply) {
    List<Item> items = new ArrayList<>();
    ReviewFile file = null;
    for (DiffFoundLineInfo line : reply.found()) {
      if (file == null || !file.info().path().equals(line.path())) {
        file = context.files().find(line.path(), file == null ? 0 : file.index()).orElse(null);
      }
      items.add(
          new Item(
              line.path(),
              place(line),
              line.excerpt(),
              file == null ? "" : address(context.query(), words, file, line)));
    }
    Integer next = reply.next();
    String further = next == null ? "" : search(context.query(), words) + "&at=" + next + "#found";
    return new FoundLinesView(words, "", items, reply.omitted(), further);
  }

  private static String search(ReviewQuery query, String words) {
    return query.here("find", words);
  }

  private static String place(DiffFoundLineInfo line) {
    Integer now = line.newLine();
    Integer was = line.oldLine();
    return now == null
        ? "removed line " + was
        : "line " + now + (line.moved() ? ", in a moved block" : was == null ? "" : ", equal");
  }

  /// Returns the address of the page that begins with the piece of the hunk, so that the line is on
  /// it.
  private static String address(
      ReviewQuery query, String words, ReviewFile file, DiffFoundLineInfo line) {
    int piece = (int) ((line.row() - line.hunkRow()) / HunkId.ROWS);
    int row = (int) line.hunkRow() + piece * HunkId.ROWS;
    String page =
        file.mustRead()
            ? "&from=" + new PartPosition(file.index(), row)
            : "&show=" + file.id() + "&row=" + row;
    return search(query, words) + page + "#" + anchor(file, line, piece + 1);
  }

  private static String anchor(ReviewFile file, DiffFoundLineInfo line, int piece) {
    Integer now = line.newLine();
    return now == null || line.moved()
        ? new HunkId(file.id(), (int) line.hunk(), piece).toString()
        : file.id() + "-" + now;
  }
}
