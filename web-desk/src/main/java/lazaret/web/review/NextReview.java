package lazaret.web.review;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.diff.DiffRoleInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.web.PageRequest;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The version to review after a decision: the next one of the list that the person began, else of
/// the queue.
///
/// @param address the address of its review; empty if there is none
/// @param words the version with its lines; empty if there is none
record NextReview(String address, String words) {
  private static final int MAX_ROWS = 20;

  private static final NextReview NONE = new NextReview("", "");

  /// Returns the next version.
  static NextReview of(PageRequest request, ReviewQuery query, PageTime time) {
    List<CrateSpec> then = query.then();
    if (!then.isEmpty() && then.getFirst().version() != null) {
      CrateSpec next = then.getFirst();
      return of(request, next, then.subList(1, then.size()), time);
    }
    return queued(request, query, time);
  }

  /// Returns the version of the queue with the least to read.
  private static NextReview queued(PageRequest request, ReviewQuery query, PageTime time) {
    QueueGroupsReply queue =
        ReviewContext.maybe(
            request,
            RequestOperations.QUEUE_GROUPS,
            new QueueGroupsRequest(
                QueueGroupsRequest.Tab.DECISION, null, null, null, null, null, null, MAX_ROWS));
    if (queue == null) {
      return NONE;
    }
    return queue.groups().stream()
        .flatMap(group -> group.rows().stream())
        .filter(row -> !isSame(row.request().request(), query))
        .filter(row -> request.visitor().roles().reviews(row.request().request().name()))
        .findFirst()
        .map(row -> queued(row, time))
        .orElse(NONE);
  }

  private static boolean isSame(RequestInfo request, ReviewQuery query) {
    return request.name().equals(query.name()) && request.version().equals(query.version());
  }

  private static NextReview queued(QueueRowInfo row, PageTime time) {
    RequestInfo request = row.request().request();
    QueueReadingInfo reading = row.reading();
    String name = request.name().published() + " " + request.version().text();
    String words =
        reading == null || reading.stat() == null
            ? name
            : name + ", " + time.plural(reading.stat().lines(), "line");
    return new NextReview(PageLinks.review(request.name(), request.version()), words);
  }

  private static NextReview of(
      PageRequest request, CrateSpec spec, List<CrateSpec> then, PageTime time) {
    CrateVersion version = spec.version();
    if (version == null) {
      return NONE;
    }
    ReviewQuery next = new ReviewQuery(spec.name(), version, null, false, then);
    VersionReply known =
        ReviewContext.maybe(
            request, CrateOperations.VERSION, new VersionRequest(spec.name(), version));
    boolean counts = known != null && known.stored();
    Long lines = counts ? lines(request, spec.name(), version) : null;
    String name = spec.name().published() + " " + version.text();
    return new NextReview(
        next.page(), lines == null ? name : name + ", " + time.plural(lines, "line"));
  }

  /// Returns the lines to read of a version, or null if they are not counted yet.
  static @Nullable Long lines(PageRequest request, CrateName name, CrateVersion version) {
    DiffReply difference =
        ReviewContext.maybe(
            request, ReviewOperations.DIFF, new DiffRequest(name, version, null, 0, 1, true));
    return difference == null || !difference.complete()
        ? null
        : (Long) difference.roles().stream().mapToLong(DiffRoleInfo::readLines).sum();
  }
}
