package lazaret.web.review;

import java.util.HashSet;
import java.util.Set;
import lazaret.web.diff.FileView;
import lazaret.web.diff.PartView;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.diff.RowView;
import lazaret.web.page.PageLinks;
import org.jspecify.annotations.Nullable;

/// The addresses of lines: a row of the page if it has one, otherwise the page of the file.
final class LineLinks {
  private final ReviewContext context;
  private final Set<String> rows = new HashSet<>();

  /// @param part the rows of the page
  LineLinks(ReviewContext context, PartView part) {
    this.context = context;
    for (FileView file : part.files()) {
      file.hunks().stream().flatMap(hunk -> hunk.rows().stream()).forEach(this::add);
    }
  }

  private void add(RowView row) {
    switch (row) {
      case RowView.Line line -> add(line.id());
      case RowView.Pair pair -> add(pair.id());
      case RowView.Moved _,
          RowView.Finding _,
          RowView.Unreadable _,
          RowView.Note _,
          RowView.NoteForm _ -> {}
    }
  }

  private void add(@Nullable String id) {
    if (id != null) {
      rows.add(id);
    }
  }

  /// Returns the address of a line of the reviewed version.
  ///
  /// @param path the path of the file
  /// @param line from 1; 0 for the file
  String line(String path, long line) {
    ReviewQuery query = context.query();
    String row =
        context.files().path(path).map(file -> line > 0 ? file.id() + "-" + line : "").orElse("");
    return rows.contains(row)
        ? "#" + row
        : PageLinks.file(query.name(), query.version(), path, line);
  }

  /// Returns the address of a file: its place on the page if it must be read, otherwise its own
  /// page.
  String file(String path, long line) {
    return context
        .files()
        .path(path)
        .filter(ReviewFile::mustRead)
        .map(file -> "#" + file.id())
        .orElseGet(() -> line(path, line));
  }
}
