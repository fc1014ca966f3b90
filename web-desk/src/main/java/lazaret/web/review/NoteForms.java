package lazaret.web.review;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.reading.LineNoteInfo;
import lazaret.vetting.deskapi.reading.LineNoteRemovalRequest;
import lazaret.vetting.deskapi.reading.LineNoteReply;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.HunkLines;
import lazaret.web.diff.PartPosition;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewPartBuilder;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.diff.RowView;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtereviewNoteGenerated;
import lazaret.web.template.JtereviewPartGenerated;

/// The forms that add and remove notes on lines. Thread-safe.
final class NoteForms {
  private static final int UNPROCESSABLE = 422;

  private final PageWriter writer;

  NoteForms(PageWriter writer) {
    this.writer = writer;
  }

  /// Adds a note. The module of script gets the row that replaces the form; otherwise the page of
  /// the hunk follows.
  WebResponse add(PageRequest request) {
    ReviewQuery query = ReviewQuery.of(request, request.form());
    HunkId id = HunkId.parse(request.form().text("hunk").orElse(""));
    ReviewContext context = ReviewContext.withoutFindings(request, query, writer.time());
    ReviewPartBuilder parts = new ReviewPartBuilder(context);
    HunkLines.Lines lines = parts.lines(id).now();
    int line = number(request.form().text("line").orElse("0"));
    if (line < lines.from() || line > lines.to()) {
      String mistake = "This hunk has the lines %d to %d.".formatted(lines.from(), lines.to());
      return refused(request, UNPROCESSABLE, parts, new Refusal(id, mistake));
    }
    return switch (request.reply(
        ReadingOperations.ADD_NOTE, order(context, parts.file(id), line))) {
      case Reply.Done<LineNoteReply> done -> {
        LineNoteInfo note = done.value().note();
        DraftForms.removeNote(request, query, id);
        yield isPart(request)
            ? part(200, parts.note(note), query)
            : WebResponse.redirect(
                context.query().page("from", from(request)) + "#note-" + note.number());
      }
      case Reply.Refused<LineNoteReply> refused ->
          refused(
              request,
              refused.status(),
              parts,
              new Refusal(id, refused.problems().getFirst().sentence() + "."));
    };
  }

  /// A note that was not added.
  private record Refusal(HunkId hunk, String mistake) {}

  private WebResponse refused(
      PageRequest request, int status, ReviewPartBuilder parts, Refusal refusal) {
    RowView form =
        parts.noteForm(
            refusal.hunk(),
            request.form().text("line").orElse(""),
            request.form().text("text").orElse(""),
            refusal.mistake());
    ReviewQuery query = ReviewQuery.of(request, request.form());
    return isPart(request)
        ? part(status, form, query)
        : page(request, status, List.of(form), query.page() + "#" + refusal.hunk());
  }

  /// Returns whether the module of script sent the form and expects a part.
  private static boolean isPart(PageRequest request) {
    return request.web().header("desk-part").isPresent();
  }

  private WebResponse page(PageRequest request, int status, List<RowView> rows, String back) {
    PageFrame frame = writer.frame(request.web(), "Note", "error", "/desk/queue");
    PageTime time = writer.time();
    return writer.page(
        status, out -> JtereviewNoteGenerated.render(out, null, frame, rows, back, time));
  }

  private static String from(PageRequest request) {
    return request.form().text("from").orElse(PartPosition.START.toString());
  }

  private static LineNoteRequest order(ReviewContext context, ReviewFile file, int line) {
    FileDigestInfo content = file.info().content().after();
    if (content == null) {
      throw new MalformedException(
          "cannot add the note: expected a file of the reviewed version, found one of the base");
    }
    return new LineNoteRequest(
        context.query().name(),
        context.query().version(),
        file.info().path(),
        content.sha256(),
        line,
        context.request().form().text("text").orElse(""));
  }

  private WebResponse part(int status, RowView row, ReviewQuery query) {
    ReviewPartView view = ReviewPartView.rows(query.split(), List.of(row));
    PageTime time = writer.time();
    return writer.part(status, out -> JtereviewPartGenerated.render(out, null, view, time));
  }

  /// Removes a note of the visitor. The page of the review follows as it was.
  WebResponse remove(PageRequest request) {
    ReviewQuery query = ReviewQuery.of(request);
    int number = number(request.path("number"));
    request.call(
        ReadingOperations.REMOVE_NOTE,
        new LineNoteRemovalRequest(query.name(), query.version(), number));
    String from = request.query().text("from").orElse(PartPosition.START.toString());
    return WebResponse.redirect(query.page("from", from) + "#code");
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,8}")) {
      throw new MalformedException(
          "cannot use the number: expected digits, found others; open the review again");
    }
    return Integer.parseInt(text);
  }
}
