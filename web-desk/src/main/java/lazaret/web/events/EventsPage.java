package lazaret.web.events;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteeventsGenerated;
import org.jspecify.annotations.Nullable;

/// The page about the ledger: its entries, the newest first, and the state of its hash chain.
public final class EventsPage {
  private static final int ROWS = 100;

  private final PageWriter writer;

  /// Creates the page.
  public EventsPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(EventsView.PATH, this::show));
  }

  private WebResponse show(PageRequest request) {
    EventsView.Filter filter = filter(request);
    Long after = sequence(request, "after");
    Bounds bounds = new Bounds(after, after == null ? sequence(request, "before") : null);
    EventsReply found =
        filter.mistake() == null
            ? request.call(EventOperations.EVENTS, order(filter, bounds))
            : new EventsReply(List.of(), 0);
    LedgerVerificationReply seal = request.call(EventOperations.VERIFY_LEDGER, new EmptyRequest());
    EventsView view = view(found, seal, filter, bounds);
    PageFrame frame = writer.frame(request.web(), "Events", "events", EventsView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JteeventsGenerated.render(out, null, frame, view, time));
  }

  private static EventsView.Filter filter(PageRequest request) {
    String only = request.query().text("only").filter(EventsPage::isKind).orElse("");
    String crate = request.query().text("crate").orElse("");
    String words = request.query().text("q").orElse("");
    String mistake =
        crate.isEmpty() || CrateName.isValid(crate)
            ? null
            : "Expected the whole name of a crate, such as zstd-sys.";
    return new EventsView.Filter(only, crate, words, mistake);
  }

  private static boolean isKind(String only) {
    return only.equals("decisions") || only.equals("alarms");
  }

  private static @Nullable Long sequence(PageRequest request, String name) {
    return request
        .query()
        .text(name)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(null);
  }

  /// The part of the ledger that the reader wants.
  ///
  /// @param after the sequence after which it begins; null for the newest part
  /// @param before the sequence before which it ends; null for no bound
  private record Bounds(@Nullable Long after, @Nullable Long before) {}

  private static EventsRequest order(EventsView.Filter filter, Bounds bounds) {
    Long before = bounds.before();
    EventsRequest.Kind only =
        switch (filter.only()) {
          case "decisions" -> EventsRequest.Kind.DECISIONS;
          case "alarms" -> EventsRequest.Kind.ALARMS;
          default -> null;
        };
    return new EventsRequest(
        bounds.after(),
        ROWS,
        before == null ? null : Math.max(1, before),
        bounds.after() == null,
        only,
        filter.crate().isEmpty() ? null : CrateName.parse(filter.crate()),
        filter.words().isEmpty() ? null : filter.words());
  }

  private static EventsView view(
      EventsReply found, LedgerVerificationReply seal, EventsView.Filter filter, Bounds bounds) {
    Long after = bounds.after();
    List<EventRowInfo> rows = found.events().stream().map(EventRowInfo::of).toList();
    if (after == null) {
      Long newest = bounds.before() == null || rows.isEmpty() ? null : rows.getFirst().sequence();
      return new EventsView(
          rows, seal, filter, older(filter, found.earlier()), newer(filter, newest));
    }
    Long newest = found.next() < seal.entries() ? Long.valueOf(found.next()) : null;
    Long oldest = after > 0 ? Long.valueOf(after + 1) : null;
    return new EventsView(
        rows.reversed(), seal, filter, older(filter, oldest), newer(filter, newest));
  }

  private static @Nullable String older(EventsView.Filter filter, @Nullable Long before) {
    return before == null ? null : filter.address().with("before", before).toString();
  }

  private static @Nullable String newer(EventsView.Filter filter, @Nullable Long after) {
    return after == null ? null : filter.address().with("after", after).toString();
  }
}
