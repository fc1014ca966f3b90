package lazaret.web.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageLinks;
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
  private static final int MAX_ASKERS = 4;

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

  /// Returns the cards in order. Versions alone that follow each other share one card.
  public List<QueueCardView> cards() {
    List<QueueCardView> cards = new ArrayList<>();
    List<QueueRowInfo> alone = new ArrayList<>();
    for (QueueGroupInfo group : reply.groups()) {
      CrateName name = group.name();
      CrateVersion version = group.version();
      if (name == null || version == null) {
        alone.addAll(group.rows());
      } else {
        flush(cards, alone);
        cards.add(new QueueCardView(heading(group, name, version), group, group.rows()));
      }
    }
    flush(cards, alone);
    return cards;
  }

  private static void flush(List<QueueCardView> cards, List<QueueRowInfo> alone) {
    if (!alone.isEmpty()) {
      long earlier = cards.stream().filter(card -> card.group() == null).count();
      String name = earlier == 0 ? "Single versions" : "Single versions, part " + (earlier + 1);
      cards.add(new QueueCardView(name, null, alone));
      alone.clear();
    }
  }

  private String heading(QueueGroupInfo group, CrateName name, CrateVersion version) {
    long others = group.size() - 1;
    return "%s %s and the %s"
        .formatted(
            name.published(),
            version.text(),
            others == 1 ? "version that it adds" : time.number(others) + " versions that it adds");
  }

  /// Returns the words below the heading of a closure; empty if there are none. They name its
  /// lockfiles, and the part that the card lacks.
  public String scope(QueueCardView card) {
    QueueGroupInfo group = card.group();
    if (group == null) {
      return "";
    }
    List<String> sentences = new ArrayList<>();
    if (group.lockfiles() > 0) {
      sentences.add("In %s.".formatted(time.plural(group.lockfiles(), "lockfile")));
    }
    int here = card.rows().size();
    if (here < group.size()) {
      sentences.add(
          "%s of %s versions %s here; the others have another tab, filter or page."
              .formatted(time.number(here), time.number(group.size()), here == 1 ? "is" : "are"));
    }
    return String.join(" ", sentences);
  }

  /// Returns the address of the list of the versions of a card, in the order of least reading.
  public String review(QueueCardView card) {
    return PageLinks.reviews(card.rows().stream().map(this::spec).collect(Collectors.joining(",")));
  }

  /// Returns the codes of the reasons of the rows, as suggestions for the filter.
  public List<String> reasons() {
    return reply.groups().stream()
        .flatMap(group -> group.rows().stream())
        .flatMap(row -> Stream.ofNullable(row.request().verdict()))
        .flatMap(verdict -> verdict.reasons().stream())
        .map(ReasonInfo::code)
        .distinct()
        .sorted()
        .toList();
  }

  /// Returns whether time alone can free a version of the page.
  public boolean holds() {
    return reply.groups().stream()
        .flatMap(group -> group.rows().stream())
        .flatMap(row -> Stream.ofNullable(row.request().verdict()))
        .anyMatch(verdict -> verdict.kind() == VerdictInfo.Kind.HOLD);
  }

  /// Returns whether a row is the root of its closure, or a version alone.
  public boolean isRoot(QueueCardView card, QueueRowInfo row) {
    QueueGroupInfo group = card.group();
    return group == null
        || (Objects.equals(row.request().request().name(), group.name())
            && Objects.equals(row.request().request().version(), group.version()));
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

  /// Returns the names of the persons who asked, the latest first, and the number of the others.
  public String askers(QueueRowInfo row) {
    List<NamedRequesterInfo> asked = row.persons().asked();
    String names =
        asked.reversed().stream()
            .limit(MAX_ASKERS)
            .map(NamedRequesterInfo::by)
            .collect(Collectors.joining(", "));
    long more = Math.max(0, asked.size() - MAX_ASKERS) + row.persons().moreAsked();
    return more == 0 ? names : "%s and %s more".formatted(names, time.number(more));
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
    if (filter.isActive()) {
      return "No version matches the filter.";
    }
    return filter.isOn(QueueGroupsRequest.Tab.DECISION)
        ? "No version needs a decision."
        : "No version is here.";
  }
}
