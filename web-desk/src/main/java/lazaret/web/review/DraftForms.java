package lazaret.web.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
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
import lazaret.web.diff.ReviewContext;

/// The form that keeps what a person typed into the decision form and did not send.
final class DraftForms {
  private static final String FORM = "decision";

  private static final List<String> FIELDS =
      List.of("kind", "reason", "criteria", "ends", "day", "base", "evidence");

  private DraftForms() {}

  /// Keeps a draft.
  static WebResponse keep(PageRequest request) {
    List<DraftFieldInfo> fields = new ArrayList<>();
    FIELDS.forEach(
        field ->
            request
                .form()
                .text(field)
                .ifPresent(text -> fields.add(new DraftFieldInfo(field, text))));
    TextDraftOrder order =
        new TextDraftOrder(
            CrateName.parse(request.path("name")),
            CrateVersion.parse(request.path("version")),
            FORM,
            fields);
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
            request, ReadingOperations.DRAFT, new TextDraftRequest(name, version, FORM));
    return Optional.ofNullable(draft).filter(each -> each.at() != null && hasReason(each));
  }

  private static boolean hasReason(TextDraftReply draft) {
    return draft.fields().stream()
        .anyMatch(field -> field.name().equals("reason") && !field.text().isBlank());
  }

  /// Returns the fields of a draft.
  static DecisionFields fields(TextDraftReply draft) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    draft.fields().forEach(field -> values.put(field.name(), List.of(field.text())));
    return DecisionFields.of(new FormFields(values));
  }
}
