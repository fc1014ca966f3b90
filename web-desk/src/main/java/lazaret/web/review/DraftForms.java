package lazaret.web.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.ErrorReply;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.reading.DraftFieldInfo;
import lazaret.vetting.deskapi.reading.TextDraftOrder;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.deskapi.reading.TextDraftRequest;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.WebResponse;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewQuery;

/// The forms that keep what a person typed and did not send: into the decision form, and into the
/// form of a note.
final class DraftForms {
  private static final String DECISION = "decision";

  private static final List<String> DECISION_FIELDS =
      List.of("kind", "reason", "criteria", "ends", "day", "base", "evidence");

  private static final List<String> NOTE_FIELDS = List.of("base", "line", "text");

  private DraftForms() {}

  /// Keeps the draft of a decision.
  static WebResponse keep(PageRequest request) {
    return put(request, DECISION, DECISION_FIELDS);
  }

  /// Keeps the draft of a note on a hunk.
  static WebResponse keepNote(PageRequest request) {
    HunkId id = HunkId.parse(request.form().text("hunk").orElse(""));
    return put(request, formOf(id), NOTE_FIELDS);
  }

  /// Returns the name of the form of a note. The id of a hunk is longer than such a name may be.
  private static String formOf(HunkId id) {
    return "note-" + Sha256.of(Bytes.utf8(id.toString())).hex().substring(0, 16);
  }

  private static WebResponse put(PageRequest request, String form, List<String> names) {
    List<DraftFieldInfo> fields = new ArrayList<>();
    names.forEach(
        field ->
            request
                .form()
                .text(field)
                .ifPresent(text -> fields.add(new DraftFieldInfo(field, text))));
    boolean counted = request.query().text("seen").isPresent();
    TextDraftOrder order =
        new TextDraftOrder(
            CrateName.parse(request.path("name")),
            CrateVersion.parse(request.path("version")),
            form,
            fields,
            counted ? ReviewBuilder.number(request.query(), "seen") : null);
    return switch (request.reply(ReadingOperations.PUT_DRAFT, order)) {
      case Reply.Done<TextDraftReply> _ -> WebResponse.empty();
      case Reply.Refused<TextDraftReply> refused ->
          WebResponse.of(
              refused.status(),
              "application/json",
              DeskJson.encode(new ErrorReply(refused.problems())));
    };
  }

  /// Returns the draft of the visitor with a reason; empty if there is none.
  static Optional<TextDraftReply> find(PageRequest request, CrateName name, CrateVersion version) {
    TextDraftReply draft =
        ReviewContext.maybe(
            request, ReadingOperations.DRAFT, new TextDraftRequest(name, version, DECISION));
    return Optional.ofNullable(draft).filter(each -> each.at() != null && hasReason(each));
  }

  private static boolean hasReason(TextDraftReply draft) {
    return draft.fields().stream()
        .anyMatch(field -> field.name().equals("reason") && !field.text().isBlank());
  }

  /// Returns the fields of the draft of a decision. One without a kind is of an approval, as a new
  /// form.
  static DecisionFields fields(TextDraftReply draft) {
    Map<String, List<String>> fields = new LinkedHashMap<>(values(draft).values());
    fields.putIfAbsent("kind", List.of("approve"));
    return DecisionFields.of(new FormFields(fields));
  }

  private static FormFields values(TextDraftReply draft) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    draft.fields().forEach(field -> values.put(field.name(), List.of(field.text())));
    return new FormFields(values);
  }

  /// Returns the fields of the draft of a note on a hunk; empty fields without a draft. The ids of
  /// hunks depend on the base.
  static FormFields note(PageRequest request, ReviewQuery query, HunkId id) {
    TextDraftReply draft =
        ReviewContext.maybe(
            request,
            ReadingOperations.DRAFT,
            new TextDraftRequest(query.name(), query.version(), formOf(id)));
    FormFields none = new FormFields(Map.of());
    FormFields values = draft == null ? none : values(draft);
    String base = query.base() == null ? "" : query.base().text();
    return values.text("base").orElse("").equals(base) ? values : none;
  }

  /// Removes the draft of a note that was added.
  static void removeNote(PageRequest request, ReviewQuery query, HunkId id) {
    var _ =
        request.reply(
            ReadingOperations.REMOVE_DRAFT,
            new TextDraftRequest(query.name(), query.version(), formOf(id)));
  }
}
