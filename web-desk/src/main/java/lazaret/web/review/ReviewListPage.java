package lazaret.web.review;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.page.VerdictBadge;
import lazaret.web.template.JtereviewListGenerated;
import org.jspecify.annotations.Nullable;

/// The page with several versions to review, in the order of least reading. Thread-safe.
final class ReviewListPage {
  private static final int MAX_VERSIONS = 200;
  private static final List<String> ICONS = List.of("warn");

  /// The time in which lines are counted. Differences that are prepared take no time.
  private static final Duration COUNTING = Duration.ofSeconds(4);

  private final PageWriter writer;

  ReviewListPage(PageWriter writer) {
    this.writer = writer;
  }

  WebResponse show(PageRequest request) {
    List<CrateSpec> specs =
        request.query().all("versions").stream()
            .flatMap(text -> ReviewQuery.specs(text, MAX_VERSIONS).stream())
            .distinct()
            .toList();
    return show(request, specs, done(request));
  }

  /// The result of the form that approves all versions.
  ///
  /// @param status the status of the page
  /// @param fields the fields to show
  /// @param mistakes the mistakes by field
  /// @param say the result; null if no form was sent
  record Sent(
      int status, DecisionFields fields, Map<String, String> mistakes, @Nullable Feedback say) {}

  private static Sent done(PageRequest request) {
    int recorded = ReviewBuilder.number(request.query(), "done");
    int withheld = ReviewBuilder.number(request.query(), "withheld");
    String rest =
        withheld == 0
            ? "In force now."
            : "%d of them not served yet: the reasons are below.".formatted(withheld);
    String bold =
        recorded == 1
            ? "Recorded: 1 version is approved."
            : "Recorded: %d versions are approved.".formatted(recorded);
    return new Sent(
        200,
        DecisionFields.empty("approve", ""),
        Map.of(),
        recorded == 0 ? null : new Feedback("good", bold, rest));
  }

  /// Shows a list.
  WebResponse show(PageRequest request, List<CrateSpec> specs, Sent sent) {
    ReviewListView view = view(request, specs, sent);
    PageFrame frame = writer.frame(request.web(), "Review together", "queue", "/desk/queue");
    PageTime time = writer.time();
    return writer.page(
        sent.status(), ICONS, out -> JtereviewListGenerated.render(out, null, frame, view, time));
  }

  /// A version with its item.
  private record Listed(CrateSpec spec, ReviewListView.Item item) {}

  private ReviewListView view(PageRequest request, List<CrateSpec> specs, Sent sent) {
    Instant end = writer.time().now().plus(COUNTING);
    List<Listed> listed = new ArrayList<>();
    for (CrateSpec spec : specs) {
      listed.add(new Listed(spec, item(request, spec, end)));
    }
    listed.sort(
        Comparator.comparing(
            each -> each.item().lines(), Comparator.nullsLast(Comparator.naturalOrder())));
    List<ReviewListView.Item> items = listed.stream().map(Listed::item).toList();
    List<CrateSpec> order = listed.stream().map(Listed::spec).toList();
    String text = String.join(",", order.stream().map(CrateSpec::toString).toList());
    Stream<Long> lines = items.stream().map(ReviewListView.Item::lines).filter(Objects::nonNull);
    return new ReviewListView(
        items,
        lines.mapToLong(Long::longValue).sum(),
        items.stream().allMatch(item -> item.lines() != null),
        order.isEmpty()
            ? ""
            : address(
                order.getFirst(), order.subList(1, Math.min(order.size(), ReviewQuery.MAX_THEN))),
        PageLinks.reviews(text),
        closure(request, listed, sent),
        sent.say());
  }

  /// Returns the form for the versions that are not served. Null if there are none, or if the
  /// visitor may not decide on one of them.
  private static @Nullable ClosureView closure(
      PageRequest request, List<Listed> listed, Sent sent) {
    List<Listed> open = listed.stream().filter(each -> each.item().pick() != null).toList();
    boolean reviews =
        open.stream().allMatch(each -> request.visitor().roles().reviews(each.spec().name()));
    List<String> picks =
        open.stream().flatMap(each -> Stream.ofNullable(each.item().pick())).toList();
    return reviews && !picks.isEmpty()
        ? new ClosureView(picks, sent.fields(), sent.mistakes())
        : null;
  }

  private static String address(CrateSpec spec, List<CrateSpec> then) {
    CrateVersion version = Objects.requireNonNull(spec.version());
    return new ReviewQuery(spec.name(), version, null, false, then).page();
  }

  private ReviewListView.Item item(PageRequest request, CrateSpec spec, Instant end) {
    CrateName name = spec.name();
    CrateVersion version = Objects.requireNonNull(spec.version());
    String address = address(spec, List.of());
    return switch (request.reply(CrateOperations.VERSION, new VersionRequest(name, version))) {
      case Reply.Done<VersionReply> done -> {
        VersionReply reply = done.value();
        boolean counts = reply.stored() && writer.time().now().isBefore(end);
        List<String> causes = ReasonText.sentences(reply.verdict());
        yield new ReviewListView.Item(
            name.published(),
            version.text(),
            VerdictBadge.of(reply.verdict()),
            causes.isEmpty() ? "" : causes.getFirst(),
            counts ? NextReview.lines(request, name, version) : null,
            address,
            reply.served()
                ? null
                : "%s@%s@%s".formatted(name.published(), reply.version(), reply.cksum().hex()));
      }
      case Reply.Refused<VersionReply> refused ->
          new ReviewListView.Item(
              name.published(),
              version.text(),
              null,
              refused.problems().getFirst().sentence(),
              null,
              address,
              null);
    };
  }
}
