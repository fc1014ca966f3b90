package lazaret.web.review;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.web.FormFields;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.PartPosition;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewPartBuilder;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtereviewPartGenerated;

/// The parts of a review that the module of script fetches: further hunks, one hunk, equal lines, a
/// folded file. Thread-safe.
final class PartPages {
  private final PageWriter writer;

  PartPages(PageWriter writer) {
    this.writer = writer;
  }

  /// Answers with a part. A failure is a part, too: the module shows its text next to the link.
  WebResponse show(PageRequest request) {
    try {
      return part(200, view(request));
    } catch (PageProblem e) {
      return part(e.status(), ReviewPartView.message(e.problems().getFirst().sentence() + "."));
    } catch (MalformedException e) {
      return part(400, ReviewPartView.message(e.getMessage() + "."));
    }
  }

  private WebResponse part(int status, ReviewPartView view) {
    PageTime time = writer.time();
    return writer.part(status, out -> JtereviewPartGenerated.render(out, null, view, time));
  }

  private ReviewPartView view(PageRequest request) {
    ReviewQuery query = ReviewQuery.of(request);
    ReviewContext context = ReviewContext.ofPart(request, query, writer.time());
    ReviewPartBuilder parts = new ReviewPartBuilder(context);
    boolean split = query.split();
    Optional<String> from = request.query().text("from");
    if (from.isPresent()) {
      return ReviewPartView.further(split, parts.from(PartPosition.parse(from.get())));
    }
    Optional<String> show = request.query().text("show");
    if (show.isPresent()) {
      int row = ReviewBuilder.number(request.query(), "row");
      return ReviewPartView.fold(split, parts.fold(show.get(), row));
    }
    Optional<String> note = request.query().text("note");
    if (note.isPresent()) {
      HunkId id = HunkId.parse(note.get());
      FormFields draft = DraftForms.note(request, query, id);
      String line = draft.text("line").orElse("");
      String text = draft.text("text").orElse("");
      return ReviewPartView.rows(split, List.of(parts.noteForm(id, line, text, "")));
    }
    Optional<String> equal = request.query().text("context");
    String hunk = request.query().text("hunk").orElse("");
    HunkId id = HunkId.parse(equal.orElse(hunk));
    if (equal.isPresent() || id.context().equals(hunk)) {
      return ReviewPartView.equal(
          split, new CodeView.Opened(id.toString(), id.context(), parts.equalLines(id)));
    }
    return ReviewPartView.hunk(split, parts.hunk(id));
  }
}
