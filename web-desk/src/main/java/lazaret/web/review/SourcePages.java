package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.CapabilitiesRequest;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.diff.DiffAmountInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffPartInfo;
import lazaret.vetting.deskapi.reading.ReaderInfo;
import lazaret.vetting.deskapi.reading.ReadersReply;
import lazaret.vetting.deskapi.reading.ReadersRequest;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.CodeRunView;
import lazaret.web.diff.FileView;
import lazaret.web.diff.FindingTable;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.diff.RowView;
import lazaret.web.diff.RowWindow;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtesourceGenerated;

/// The page of one file of a version, with its findings. Thread-safe.
final class SourcePages {
  private final PageWriter writer;

  SourcePages(PageWriter writer) {
    this.writer = writer;
  }

  WebResponse show(PageRequest request) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion given = CrateVersion.parse(request.path("version"));
    String path = request.path("path");
    VersionReply version = request.call(CrateOperations.VERSION, new VersionRequest(name, given));
    if (!version.stored()) {
      return WebResponse.redirect(PageLinks.review(name, version.version()));
    }
    int from = Math.max(1, ReviewBuilder.number(request.query(), "from"));
    // Without a base, all lines of all files are in the difference.
    ReviewQuery query =
        new ReviewQuery(name, version.version(), version.version(), false, List.of());
    // A difference cuts long lines. What it hides is read here.
    var span = new RowWindow.Span(null, from - 1, PageLinks.FILE_LINES, RowWindow.Span.MAX_CHARS);
    RowWindow window = RowWindow.fetch(request, query, path, span);
    FindingTable findings =
        FindingTable.ofVersion(
            version,
            ReviewContext.maybe(
                request,
                ReviewOperations.CAPABILITIES,
                new CapabilitiesRequest(name, version.version(), version.version())));
    SourceView view = view(request, version, window, rows(window, path, findings));
    String title = "%s of %s %s".formatted(path, name.published(), version.version().text());
    PageFrame frame = writer.frame(request.web(), title, "file", "");
    PageTime time = writer.time();
    return writer.page(200, out -> JtesourceGenerated.render(out, null, frame, view, time));
  }

  /// Returns the persons who read the content of a file; none if that is not visible.
  private static List<ReaderInfo> readers(PageRequest request, VersionReply version, String path) {
    ReadersReply reply =
        ReviewContext.maybe(
            request,
            ReadingOperations.READERS,
            new ReadersRequest(version.name(), version.version(), version.version(), path));
    return reply == null
        ? List.of()
        : reply.files().stream().flatMap(file -> file.readers().stream()).toList();
  }

  private static List<RowView> rows(RowWindow window, String path, FindingTable findings) {
    List<RowView> rows = new ArrayList<>();
    for (DiffLineInfo line : window.rows()) {
      if (line instanceof DiffLineInfo.Added added) {
        String number = String.valueOf(added.newLine());
        rows.addAll(findings.rows(path, added.newLine(), "L"));
        rows.add(
            new RowView.Line(
                null,
                "L" + number,
                "",
                number,
                "",
                CodeRunView.of(added.parts(), false, added.unended())));
      }
    }
    return rows;
  }

  private SourceView view(
      PageRequest request, VersionReply version, RowWindow window, List<RowView> rows) {
    String path = window.file().path();
    FileDigestInfo digest = window.file().content().after();
    DiffAmountInfo amount = window.file().amount();
    int total = amount == null ? 0 : amount.rows();
    int first = window.from() + 1;
    return new SourceView(
        version,
        new ReviewFile(0, "file", window.file()),
        rows,
        FileView.ContentView.of(window.file(), writer.time()),
        digest == null ? "" : writer.time().size(digest.size()),
        digest == null ? "" : digest.sha256().hex(),
        readers(request, version, path),
        new SourceView.Marking(
            digest != null && isEnd(window) && request.visitor().roles().reviews(version.name()),
            cut(window)),
        new SourceView.Pages(
            total,
            first > 1 ? page(version, path, Math.max(1, first - PageLinks.FILE_LINES)) : "",
            window.whole() || rows.isEmpty()
                ? ""
                : page(version, path, window.from() + window.rows().size() + 1)));
  }

  /// Returns the number of lines of the page that are shown in part.
  private static long cut(RowWindow window) {
    return window.rows().stream()
        .filter(
            row ->
                row instanceof DiffLineInfo.Added added
                    && added.parts().stream().anyMatch(DiffPartInfo.Cut.class::isInstance))
        .count();
  }

  /// Returns whether the page has the end of the file, and all of each of its lines. An address may
  /// ask for lines after the end.
  private static boolean isEnd(RowWindow window) {
    boolean none = window.rows().isEmpty() && window.from() > 0;
    return window.whole() && !none && cut(window) == 0;
  }

  private static String page(VersionReply version, String path, int line) {
    return PageLinks.file(version.name(), version.version(), path, 0) + "?from=" + line;
  }
}
