package lazaret.web.review;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.page.VerdictBadge;
import lazaret.web.template.JtereviewListGenerated;

/// The page with several versions to review, in the order of least reading. It approves nothing.
/// Thread-safe.
final class ReviewListPage {
  private static final int MAX_VERSIONS = 200;

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
    ReviewListView view = view(request, specs);
    PageFrame frame = writer.frame(request.web(), "Review together", "queue", "/desk/queue");
    PageTime time = writer.time();
    return writer.page(200, out -> JtereviewListGenerated.render(out, null, frame, view, time));
  }

  /// A version with its item.
  private record Listed(CrateSpec spec, ReviewListView.Item item) {}

  private ReviewListView view(PageRequest request, List<CrateSpec> specs) {
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
        PageLinks.reviews(text));
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
            address);
      }
      case Reply.Refused<VersionReply> refused ->
          new ReviewListView.Item(
              name.published(),
              version.text(),
              null,
              refused.problems().getFirst().sentence(),
              null,
              address);
    };
  }
}
