package lazaret.vetting.queue;

import static java.util.Objects.requireNonNull;
import static lazaret.vetting.queue.QueueFixture.ALL;
import static lazaret.vetting.queue.QueueFixture.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.review.ReaderRegister;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Role;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Sort;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Tab;
import lazaret.vetting.deskapi.requests.QueueReaderInfo;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupedQueueTest {
  private final QueueFixture queue = new QueueFixture();

  @AfterEach
  void close() {
    queue.close();
  }

  private static CrateBuilder crate(String name, String... requires) {
    CrateBuilder crate = CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", "");
    for (String each : requires) {
      crate.dependency(each, "^1.0");
    }
    return crate;
  }

  private List<String> shown(QueueGroupsRequest request) {
    return queue.groups(request).groups().stream().map(QueueFixture::shown).toList();
  }

  private static QueueGroupsRequest page(@Nullable String after, int limit) {
    return new QueueGroupsRequest(null, null, null, null, null, null, after, limit);
  }

  @Test
  void groupsAVersionWithTheVersionsThatItAdds() {
    CrateId leaf = queue.young(crate("leaf"));
    CrateId middle = queue.young(crate("middle", "leaf"));
    CrateId root = queue.young(crate("root", "middle"));
    CrateId single = queue.young(crate("single"));
    queue.ask(leaf, middle, root, single);

    QueueGroupsReply page = queue.groups(ALL);

    assertThat(page.groups().stream().map(QueueFixture::shown))
        .containsExactly("root:root leaf middle", ":single");
    assertThat(page.groups().getFirst().size()).isEqualTo(3);
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.counts().decision()).isEqualTo(4);
    assertThat(page.next()).isNull();
  }

  @Test
  void rowNamesAnotherPersonWhoReadsItNow() {
    CrateId id = queue.young("alpha");
    queue.ask(id);
    ReaderRegister readers = queue.station.desk.reviews().readers();
    readers.add("ann", id.cksum());
    assertThat(only(queue.groups(ALL)).reader()).as("the caller is ann").isNull();

    readers.add("jonas", id.cksum());

    assertThat(only(queue.groups(ALL)).reader())
        .isEqualTo(new QueueReaderInfo("jonas", queue.station.clock.instant()));
  }

  @Test
  void putsASharedVersionWhereItFreesMost() {
    CrateId shared = queue.young(crate("shared"));
    CrateId few = queue.young(crate("a-few", "shared"));
    CrateId many = queue.young(crate("many", "shared"));
    queue.ask(shared, few, many);
    queue.sent("one", few, shared);
    queue.sent("two", many, shared);
    queue.sent("three", many, shared, queue.young(crate("other")));

    assertThat(shown(ALL)).containsExactly(":a-few", "many:many shared");
    assertThat(queue.groups(ALL).groups().getLast().lockfiles()).isEqualTo(3);
  }

  @Test
  void separatesVersionsThatNoLockfileHasTogether() {
    CrateId needed = queue.young(crate("needed"));
    CrateId user = queue.young(crate("user", "needed"));
    queue.ask(needed, user);
    assertThat(shown(ALL)).containsExactly("user:user needed");

    queue.sent("one", needed);
    queue.sent("two", user);

    assertThat(shown(ALL)).containsExactly(":needed", ":user");
  }

  @Test
  void dividesVersionsThatRequireEachOtherOnce() {
    CrateId one = queue.young(crate("one", "two"));
    CrateId two = queue.young(crate("two", "one"));
    queue.ask(one, two);

    assertThat(shown(ALL)).containsExactly("one:one two");
  }

  @Test
  void showsEachRequesterWithOwnWords() {
    CrateId id = queue.young("alpha");
    queue.ask(id, "bob", "fixes the overflow", "web");
    queue.ask(id, "carol", "needed by beta", null);
    queue.ask(id, "bob", "still needed", "web");

    QueueRowInfo row = only(queue.groups(ALL));

    assertThat(row.persons().asked())
        .extracting(
            NamedRequesterInfo::by,
            NamedRequesterInfo::reason,
            NamedRequesterInfo::project,
            NamedRequesterInfo::count)
        .containsExactly(
            tuple("carol", "needed by beta", null, 1L), tuple("bob", "still needed", "web", 2L));
    assertThat(row.request().request().count()).isEqualTo(3);
    assertThat(row.request().request().reason()).isEqualTo("cooldown");
    assertThat(row.reader()).isNull();
  }

  @Test
  void separatesWhatWaitsForTimeFromWhatNeedsAPerson() {
    CrateId asked = queue.young("asked");
    CrateId downloaded = queue.young("downloaded");
    queue.ask(asked);
    queue.station.download(downloaded);
    queue.station.gate.usageLog().flush();

    assertThat(shown(ALL)).containsExactly(":asked");
    assertThat(
            shown(new QueueGroupsRequest(Tab.COOLDOWN, null, null, null, null, null, null, null)))
        .containsExactly(":downloaded");
    assertThat(queue.groups(ALL).counts().cooldown()).isOne();
  }

  @Test
  void leavesTheQueueWithTheDecision() {
    CrateId id = queue.young("alpha");
    queue.ask(id);
    assertThat(shown(ALL)).containsExactly(":alpha");

    queue.station.decide(Decision.Kind.APPROVE, id);

    assertThat(shown(ALL)).isEmpty();
    assertThat(queue.groups(ALL).counts().decision()).isZero();
  }

  @Test
  void leavesTheQueueWhenTheHoldEnds() {
    queue.ask(queue.young("alpha"));
    assertThat(shown(ALL)).containsExactly(":alpha");

    queue.station.clock.advance(Duration.ofDays(20));

    assertThat(shown(ALL)).isEmpty();
  }

  @Test
  void continuesBehindAGroupThatWasDecidedMeanwhile() {
    List<CrateId> ids =
        Stream.of("s0", "s1", "s2", "s3", "s4").map(name -> queue.young(name)).toList();
    ids.forEach(id -> queue.ask(id));
    QueueGroupsReply first = queue.groups(page(null, 2));
    queue.station.decide(Decision.Kind.DENY, ids.get(1));

    QueueGroupsReply second = queue.groups(page(first.next(), 2));
    QueueGroupsReply third = queue.groups(page(second.next(), 2));

    assertThat(first.groups().stream().map(QueueFixture::names)).containsExactly("s0", "s1");
    assertThat(second.groups().stream().map(QueueFixture::names)).containsExactly("s2", "s3");
    assertThat(third.groups().stream().map(QueueFixture::names)).containsExactly("s4");
    assertThat(third.next()).isNull();
  }

  @Test
  void continuesALargeGroupOnTheNextPage() {
    CrateId a = queue.young(crate("a"));
    CrateId b = queue.young(crate("b"));
    CrateId root = queue.young(crate("root", "a", "b"));
    queue.ask(a, b, root);

    List<String> pages = new ArrayList<>();
    String after = null;
    do {
      QueueGroupsReply page = queue.groups(page(after, 2));
      page.groups().forEach(group -> pages.add(QueueFixture.shown(group)));
      after = page.next();
    } while (after != null);

    assertThat(pages).containsExactly("root:root a", "root:b");
  }

  @Test
  void keepsTheLatestRequestsOfTooMany() {
    QueueIndex index = QueueIndex.of(queue.station.parts, queue.station.gate, 2);
    assertThat(index.refresh(Duration.ZERO).rows()).isEmpty();

    for (String name : List.of("first", "second", "third")) {
      queue.ask(queue.young(name));
      queue.station.clock.advance(Duration.ofSeconds(1));
      var _ = index.refresh(Duration.ZERO);
    }

    assertThat(index.refresh(Duration.ZERO).rows())
        .extracting(row -> row.name().published())
        .containsExactlyInAnyOrder("second", "third");
  }

  @Test
  void readsRequestsThatWereLeftOutAfterOthersAreDecided() {
    QueueIndex index = QueueIndex.of(queue.station.parts, queue.station.gate, 2);
    List<CrateId> ids = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      CrateId id = queue.young(name);
      ids.add(id);
      queue.ask(id);
      queue.station.clock.advance(Duration.ofSeconds(1));
      var _ = index.refresh(Duration.ZERO);
    }

    queue.station.decide(Decision.Kind.DENY, ids.get(1));

    assertThat(index.refresh(Duration.ZERO).rows())
        .extracting(row -> row.name().published())
        .containsExactlyInAnyOrder("first", "third");
  }

  @Test
  void aRepeatedRequestIsAmongTheLatest() {
    QueueIndex index = QueueIndex.of(queue.station.parts, queue.station.gate, 2);
    List<CrateId> ids = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      ids.add(queue.young(name));
      queue.ask(ids.getLast());
      queue.station.clock.advance(Duration.ofSeconds(1));
      var _ = index.refresh(Duration.ZERO);
    }
    queue.ask(ids.getFirst());
    queue.station.clock.advance(Duration.ofSeconds(1));
    var _ = index.refresh(Duration.ZERO);

    queue.ask(queue.young("third"));

    assertThat(index.refresh(Duration.ZERO).rows())
        .extracting(row -> row.name().published())
        .containsExactlyInAnyOrder("first", "third");
  }

  @Test
  void filtersByAssigneeAndByCrate() {
    CrateId one = queue.young("zstd-safe");
    CrateId two = queue.young("zstd-sys");
    CrateId three = queue.young("serde");
    queue.ask(one, two, three);
    var _ =
        queue.call(
            RequestOperations.STEPS,
            new RequestStepsRequest(
                List.of(spec(one), spec(three)), RequestStepRequest.Step.ASSIGN, "ann", false),
            "carol");

    assertThat(shown(filter(null, "ann", null))).containsExactly(":serde", ":zstd-safe");
    assertThat(shown(filter(null, "-", null))).containsExactly(":zstd-sys");
    assertThat(shown(filter(null, null, "ZSTD_*"))).containsExactly(":zstd-safe", ":zstd-sys");
    assertThat(shown(filter(Tab.MINE, null, "*d*e"))).containsExactly(":serde", ":zstd-safe");
  }

  private static QueueGroupsRequest filter(
      @Nullable Tab tab, @Nullable String to, @Nullable String crate) {
    return new QueueGroupsRequest(tab, null, null, to, crate, null, null, null);
  }

  private static CrateSpec spec(CrateId id) {
    return new CrateSpec(id.name(), id.version(), null);
  }

  @Test
  void filtersByReason() {
    queue.ask(queue.young("alpha"));

    assertThat(shown(new QueueGroupsRequest(null, "cooldown", null, null, null, null, null, null)))
        .containsExactly(":alpha");
    assertThat(shown(new QueueGroupsRequest(null, "yank-wave", null, null, null, null, null, null)))
        .isEmpty();
  }

  @Test
  void showsTheLeastToReadOnceItWasCompared() {
    queue.station.publish("alpha", "1.0.0", 60);
    CrateId next =
        queue.young(CrateBuilder.crate("alpha", "1.0.1").file("src/lib.rs", "pub fn a() {}\n"));
    queue.ask(next);
    assertThat(only(queue.groups(ALL)).reading()).isNull();
    assertThat(queue.groups(ALL).notCompared()).isOne();

    queue.station.clock.advance(Duration.ofSeconds(6));
    queue.service.prepare();

    QueueReadingInfo reading = requireNonNull(only(queue.groups(ALL)).reading());
    long lines = requireNonNull(reading.stat()).lines();
    assertThat(requireNonNull(reading.base()).version().text()).isEqualTo("1.0.0");
    assertThat(lines).isPositive();
    assertThat(queue.groups(ALL).lines()).isEqualTo(lines);
    assertThat(queue.groups(ALL).notCompared()).isZero();
  }

  @Test
  void waitsBeforeItComparesANewRequest() {
    queue.ask(queue.young("alpha"));

    queue.service.prepare();

    assertThat(only(queue.groups(ALL)).reading()).isNull();
    assertThat(queue.station.upstream.artifactRequests).hasValue(0);
  }

  @Test
  void ordersByTheLeastReading() {
    CrateId large =
        queue.young(
            CrateBuilder.crate("a-large", "1.0.0").file("src/lib.rs", "fn a() {}\n".repeat(99)));
    CrateId small = queue.young(CrateBuilder.crate("small", "1.0.0").file("src/lib.rs", "\n"));
    queue.ask(large, small);
    assertThat(shown(ALL)).containsExactly(":a-large", ":small");

    queue.station.clock.advance(Duration.ofSeconds(6));
    queue.service.prepare();

    assertThat(shown(ALL)).containsExactly(":small", ":a-large");
  }

  @Test
  void ordersByAgeAndByTheNumberOfRequests() {
    queue.ask(queue.young("z-old"));
    queue.station.clock.advance(Duration.ofHours(1));
    CrateId wanted = queue.young("y-wanted");
    queue.ask(wanted, wanted);
    queue.ask(queue.young("new"));

    assertThat(shown(sorted(Sort.OLDEST))).containsExactly(":z-old", ":new", ":y-wanted");
    assertThat(shown(sorted(Sort.MOST_REQUESTED))).containsExactly(":y-wanted", ":new", ":z-old");
  }

  private static QueueGroupsRequest sorted(Sort sort) {
    return new QueueGroupsRequest(null, null, null, null, null, sort, null, null);
  }

  @Test
  void filtersByTheRoleOfContent() {
    CrateId built =
        queue.young(
            CrateBuilder.crate("built", "1.0.0")
                .file("src/lib.rs", "")
                .buildScript("fn main() {}"));
    queue.ask(built, queue.young("plain"));
    assertThat(queue.groups(ALL).groups())
        .flatExtracting(QueueGroupInfo::rows)
        .noneMatch(QueueRowInfo::inspected);

    queue.station.clock.advance(Duration.ofSeconds(6));
    queue.service.prepare();

    assertThat(
            shown(
                new QueueGroupsRequest(
                    null, null, Role.BUILD_SCRIPT, null, null, null, null, null)))
        .containsExactly(":built");
  }

  @Test
  void refusesParametersOfAnotherForm() {
    assertThat(refusal(page("x", 2)))
        .isEqualTo("cannot list the queue: expected the `next` of a page as `after`, found 'x'");
    assertThat(refusal(page("0~3000000000~alpha~1.0.0", 2)))
        .startsWith("cannot list the queue: expected the `next` of a page");
    assertThat(refusal(page("0~-1~alpha~1.0.0", 2)))
        .startsWith("cannot list the queue: expected the `next` of a page");
    assertThat(refusal(page(null, 201)))
        .isEqualTo("cannot list the queue: expected 1 to 200 as `limit`, found 201");
    assertThat(refusal(new QueueGroupsRequest(null, "no", null, null, null, null, null, null)))
        .isEqualTo("cannot list the queue: expected the code of a reason, found 'no'");
    assertThat(refusal(filter(null, null, "x".repeat(129))))
        .isEqualTo("cannot list the queue: expected at most 128 characters as `crate`, found 129");
  }

  private String refusal(QueueGroupsRequest request) {
    return queue.refusals(RequestOperations.QUEUE_GROUPS, request).getFirst();
  }
}
