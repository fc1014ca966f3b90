package lazaret.web.queue;

import static java.util.Comparator.naturalOrder;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageTime;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of the page of the queue.
///
/// @param reply the page of the queue
/// @param filter the filter
/// @param acts whether the reader may assign, deny and review
/// @param time the form of times and numbers
/// @param say the result of the last form; null if there was none
public record QueuePageView(
    QueueGroupsReply reply,
    QueueFilter filter,
    boolean acts,
    PageTime time,
    @Nullable Feedback say) {
  /// Returns the first sentence of the page.
  public String lead() {
    if (reply.total() == 0) {
      return "";
    }
    String first =
        switch (filter.tab()) {
          case DECISION -> need("version needs a person", "versions need a person");
          case COOLDOWN -> need("version waits for time", "versions wait for time");
          case SECOND_PERSON ->
              need("version needs a second person", "versions need a second person");
          case MINE -> need("version is yours", "versions are yours");
        };
    String lines = " Together they are %s to read".formatted(time.plural(reply.lines(), "line"));
    return first
        + (reply.lines() == 0 ? "" : lines + ".")
        + (reply.notCompared() == 0
            ? ""
            : " %s not compared yet.".formatted(time.plural(reply.notCompared(), "version")));
  }

  private String need(String one, String many) {
    return time.number(reply.total()) + " " + (reply.total() == 1 ? one : many) + ".";
  }

  /// Returns the heading of a group with a root; null for a version alone.
  public @Nullable String heading(QueueGroupInfo group) {
    CrateName name = group.name();
    CrateVersion version = group.version();
    if (name == null || version == null) {
      return null;
    }
    long others = group.size() - 1;
    return "%s %s and the %s"
        .formatted(
            name.published(),
            version.text(),
            others == 1 ? "version that it adds" : time.number(others) + " versions that it adds");
  }

  /// Returns whether a row is the root of its group.
  public boolean isRoot(QueueGroupInfo group, QueueRowInfo row) {
    CrateName name = group.name();
    CrateVersion version = group.version();
    return name == null
        || version == null
        || (row.request().request().name().equals(name)
            && row.request().request().version().equals(version));
  }

  /// Returns the address of the first review of a group; null for one version, which has its own
  /// link. The others follow, those with the fewest lines first.
  public @Nullable String inOrder(QueueGroupInfo group) {
    List<QueueRowInfo> rows =
        group.rows().stream()
            .sorted(Comparator.comparing(this::lines, Comparator.nullsLast(naturalOrder())))
            .limit(ReviewQuery.MAX_THEN)
            .toList();
    if (rows.size() < 2) {
      return null;
    }
    RequestInfo first = rows.getFirst().request().request();
    List<CrateSpec> then = rows.stream().skip(1).map(row -> CrateSpec.parse(spec(row))).toList();
    return new ReviewQuery(first.name(), first.version(), null, false, then).page();
  }

  /// Returns the badge of a row.
  public VerdictBadge badge(QueueRowInfo row) {
    VerdictInfo verdict = row.request().verdict();
    return verdict == null
        ? new VerdictBadge("plain", "warn", "Unknown")
        : VerdictBadge.of(verdict);
  }

  /// Returns the reason of a row as a sentence.
  public String cause(QueueRowInfo row) {
    VerdictInfo verdict = row.request().verdict();
    return verdict == null || verdict.reasons().isEmpty()
        ? "The verdict is computed at the next look."
        : ReasonText.sentence(verdict.reasons().getFirst(), verdict.until()) + ".";
  }

  /// Returns the lines to read of a row; null if it is not compared yet, or cannot be read.
  public @Nullable Long lines(QueueRowInfo row) {
    QueueReadingInfo reading = row.reading();
    return reading == null || reading.stat() == null ? null : reading.stat().lines();
  }

  /// Returns the words below the lines to read.
  public String linesHint(QueueRowInfo row) {
    QueueReadingInfo reading = row.reading();
    if (reading == null) {
      return "not compared yet";
    }
    if (reading.notReadable() != null) {
      return reading.notReadable().detail();
    }
    return reading.base() == null
        ? "the whole crate"
        : "against " + reading.base().version().text();
  }

  /// Returns the names of the persons who asked.
  public String askers(QueueRowInfo row) {
    return row.persons().asked().stream()
        .map(NamedRequesterInfo::by)
        .distinct()
        .limit(4)
        .collect(Collectors.joining(", "));
  }

  /// Returns the words of the person who asked last; empty if there are none.
  public String words(QueueRowInfo row) {
    List<NamedRequesterInfo> asked = row.persons().asked();
    return asked.isEmpty() ? "" : asked.getLast().reason();
  }

  /// Returns the words for the roles of content.
  public List<String> tags(QueueRowInfo row) {
    return row.roles().stream()
        .map(
            role ->
                switch (role) {
                  case BUILD_SCRIPT -> "build script";
                  case MACRO -> "macro";
                })
        .toList();
  }

  /// Returns the specification of a row for the form.
  public String spec(QueueRowInfo row) {
    return row.request().request().name().published()
        + "@"
        + row.request().request().version().text();
  }

  /// Returns the words of an empty page.
  public String empty() {
    return filter.isOn(QueueGroupsRequest.Tab.DECISION)
        ? "No version needs a decision."
        : "No version is here.";
  }
}
