package lazaret.vetting.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.reading.DraftFieldInfo;
import lazaret.vetting.deskapi.reading.LineNoteRemovalRequest;
import lazaret.vetting.deskapi.reading.LineNoteReply;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.reading.LineNotesReply;
import lazaret.vetting.deskapi.reading.LineNotesRequest;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.ReadStateRequest;
import lazaret.vetting.deskapi.reading.ReadersReply;
import lazaret.vetting.deskapi.reading.ReadersRequest;
import lazaret.vetting.deskapi.reading.TextDraftOrder;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.deskapi.reading.TextDraftRequest;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.policy.ApproverPolicy;
import org.jspecify.annotations.Nullable;

/// The handlers of the operations on what persons read and write in a review. Thread-safe.
public final class ReadingHandlerSource implements HandlerSource {
  private final GateContext parts;
  private final ReadingService reading;
  private final ReadingInfos infos;

  /// Creates the handlers.
  ///
  /// @param reading the read ledger of the same gate
  public ReadingHandlerSource(GateContext parts, ReadingService reading) {
    this.parts = parts;
    this.reading = reading;
    this.infos = new ReadingInfos(reading);
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(ReadingOperations.READING, this::state);
    handlers.add(ReadingOperations.MARK_READ, this::mark);
    handlers.add(ReadingOperations.READERS, (request, _) -> readers(request));
    handlers.add(ReadingOperations.NOTES, (request, _) -> notes(request));
    handlers.add(ReadingOperations.ADD_NOTE, this::add);
    handlers.add(ReadingOperations.REMOVE_NOTE, this::remove);
    handlers.add(ReadingOperations.DRAFT, this::draft);
    handlers.add(ReadingOperations.PUT_DRAFT, this::putDraft);
    handlers.add(ReadingOperations.REMOVE_DRAFT, this::removeDraft);
  }

  ReadStateReply state(ReadStateRequest request, Caller caller) {
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    reading.readers().add(caller.owner(), prepared.crate().cksum());
    ReadingRule rule = reading.rule(caller.owner(), prepared.crate());
    ReadShares shares =
        reading
            .sharesInTime(rule, prepared.crate(), request.base())
            .orElseThrow(() -> comparing(request));
    return infos.state(prepared, shares, rule, approver());
  }

  ReadStateReply mark(ReadMarkRequest request, Caller caller) {
    refuseOthers(request.name(), request.version(), caller);
    MarkOrder order =
        new MarkOrder(
            caller.owner(),
            request.name(),
            request.version(),
            request.base(),
            !request.unread(),
            request.files().stream().map(ReadingInfos::part).toList());
    Prepared prepared =
        reading.mark(order).orElseThrow(() -> unknown(request.name(), request.version()));
    reading.readers().add(caller.owner(), prepared.crate().cksum());
    ReadShares shares = reading.shares(caller.owner(), prepared.crate(), request.base());
    ReadingRule rule = reading.rule(caller.owner(), prepared.crate());
    return infos.state(prepared, shares, rule, approver());
  }

  ReadersReply readers(ReadersRequest request) {
    Prepared prepared = prepared(request.name(), request.version(), request.base());
    return infos.readers(prepared, request.path());
  }

  LineNotesReply notes(LineNotesRequest request) {
    return new LineNotesReply(
        reading.notes().list(request.name(), request.version()).stream()
            .map(ReadingInfos::note)
            .toList());
  }

  LineNoteReply add(LineNoteRequest request, Caller caller) {
    refuseOthers(request.name(), request.version(), caller);
    Prepared prepared = prepared(request.name(), request.version(), null);
    ChangedFile file = ChangedFile.of(prepared.delta(), request.path());
    if (!file.content().equals(request.content())) {
      throw new StaleContentException(file.path());
    }
    requireLine(request, prepared.delta().newLines(file.path()));
    var place = new LineNoteRegister.Place(file, request.line());
    return new LineNoteReply(
        ReadingInfos.note(
            reading.notes().add(caller.owner(), prepared.crate(), place, request.text())));
  }

  /// Refuses a line that the reviewed version does not have.
  private static void requireLine(LineNoteRequest request, int lines) {
    if (lines == 0) {
      throw new MalformedException(
          "cannot add the note: expected a file of the reviewed version with lines of text, found none in %s"
              .formatted(Excerpt.of(request.path())));
    }
    if (request.line() < 1 || request.line() > lines) {
      throw new MalformedException(
          "cannot add the note: expected a line from 1 to %d, found %d"
              .formatted(lines, request.line()));
    }
  }

  LineNoteReply remove(LineNoteRemovalRequest request, Caller caller) {
    LineNote removed =
        reading
            .notes()
            .remove(caller.owner(), request.name(), request.version(), request.number())
            .orElseThrow(
                () ->
                    refused(
                        request.name(), request.version(), "there is no note " + request.number()));
    return new LineNoteReply(ReadingInfos.note(removed));
  }

  TextDraftReply draft(TextDraftRequest request, Caller caller) {
    return reading.drafts().find(key(request, caller)).map(ReadingInfos::draft).orElse(none());
  }

  TextDraftReply putDraft(TextDraftOrder order, Caller caller) {
    var key =
        new TextDraftRegister.Key(caller.owner(), order.name(), order.version(), order.form());
    Map<String, String> fields = new LinkedHashMap<>();
    for (DraftFieldInfo field : order.fields()) {
      if (fields.put(field.name(), field.text()) != null) {
        throw new MalformedException(
            "cannot keep the draft: expected each field once, found '%s' twice"
                .formatted(Excerpt.of(field.name())));
      }
    }
    return ReadingInfos.draft(reading.drafts().put(key, fields, order.seenDecisions()));
  }

  TextDraftReply removeDraft(TextDraftRequest request, Caller caller) {
    boolean _ = reading.drafts().remove(key(request, caller));
    return none();
  }

  private static TextDraftRegister.Key key(TextDraftRequest request, Caller caller) {
    return new TextDraftRegister.Key(
        caller.owner(), request.name(), request.version(), request.form());
  }

  private static TextDraftReply none() {
    return new TextDraftReply(null, List.of());
  }

  private ApproverPolicy approver() {
    return parts.rules().current().policy().evidence().approver();
  }

  private Prepared prepared(CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return reading.prepare(name, version, base).orElseThrow(() -> unknown(name, version));
  }

  /// Refuses marks and notes on crates on which the caller may not decide.
  private static void refuseOthers(CrateName name, CrateVersion version, Caller caller) {
    if (!caller.reviews(name)) {
      throw new ProblemException(List.of(caller.lacksReview(name, version)), null);
    }
  }

  private static ProblemException comparing(ReadStateRequest request) {
    return new ProblemException(
        List.of(
            new Problem(
                ErrorCode.VETTING_IN_PROGRESS,
                "its files are being compared",
                request.name().published(),
                request.version().text(),
                null)),
        null);
  }

  private static ProblemException unknown(CrateName name, CrateVersion version) {
    return refused(name, version, "there is no such version in the index");
  }

  private static ProblemException refused(CrateName name, CrateVersion version, String detail) {
    return new ProblemException(
        List.of(new Problem(ErrorCode.UNKNOWN, detail, name.published(), version.text(), null)),
        null);
  }
}
