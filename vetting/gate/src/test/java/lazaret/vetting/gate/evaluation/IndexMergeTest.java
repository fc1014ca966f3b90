package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.StoredLines;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.removal.RemovalRule;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;

class IndexMergeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RemovalRule CONFIRM = new RemovalRule.Confirm(HOUR);
  private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-02T00:00:00Z");
  private static final StoredCrate NOTHING =
      new StoredCrate(CrateName.parse("alpha"), List.of(), List.of());

  @Test
  void believesPublishTimesOfTheFirstFetch() {
    StoredCrate crate = first(StoredLines.line("1.0.0", PUBLISHED));

    assertThat(crate.lines().getFirst().ageFrom()).isEqualTo(PUBLISHED);
  }

  @Test
  void countsAgeFromTheEarlierFetchIfThePublishTimeIsForged() {
    StoredCrate held = first(StoredLines.line("1.0.0", PUBLISHED));

    IndexMerge merge =
        IndexMerge.of(
            held,
            FIRST,
            StoredLines.file(
                StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED)),
            CONFIRM,
            SECOND);

    assertThat(line(merge, 1).ageFrom()).isEqualTo(FIRST);
    assertThat(merge.notices()).isEmpty();
  }

  private static IndexMerge merged(StoredCrate held, Instant now, String... lines) {
    return IndexMerge.of(held, now.minus(HOUR), StoredLines.file(lines), CONFIRM, now);
  }

  private static String yanked(String version) {
    return StoredLines.line(version, StoredLines.cksum(version), true, PUBLISHED);
  }

  private static List<Notice> waves(IndexMerge merge) {
    return merge.notices().stream().filter(n -> n.kind() == Notice.Kind.YANK_WAVE).toList();
  }

  /// Stumble S4: the verdict considered the wave, but no event named it.
  @Test
  void yankWaveIsOneAlarmThatNamesTheNewVersionAndTheYanks() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));

    IndexMerge merge =
        merged(held, SECOND, yanked("1.0.0"), yanked("1.0.1"), StoredLines.line("1.0.2", SECOND));

    assertThat(waves(merge))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.kind().alarm()).isTrue();
              assertThat(notice.version()).isEqualTo("1.0.2");
              assertThat(notice.detail())
                  .isEqualTo(
                      "published within 24 hours of 2 yanks: 1.0.0, 1.0.1; it waits for a review,"
                          + " and the yanks are not mirrored");
            });
  }

  @Test
  void yankWaveOfWhichThePublicationWasSeenBeforeIsAnAlarmToo() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    String bad = StoredLines.line("1.0.2", SECOND);
    IndexMerge published =
        merged(
            held,
            SECOND,
            StoredLines.line("1.0.0", PUBLISHED),
            StoredLines.line("1.0.1", PUBLISHED),
            bad);
    IndexMerge one =
        merged(
            published.crate(),
            SECOND.plus(HOUR),
            yanked("1.0.0"),
            StoredLines.line("1.0.1", PUBLISHED),
            bad);
    IndexMerge two = merged(one.crate(), SECOND.plus(HOUR), yanked("1.0.0"), yanked("1.0.1"), bad);

    assertThat(waves(published)).isEmpty();
    assertThat(waves(one)).isEmpty();
    assertThat(waves(two)).hasSize(1);
  }

  @Test
  void growingYankWaveIsReportedOnceAndASecondWaveIsANewAlarm() {
    List<String> good = List.of("1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.0.4");
    StoredCrate held =
        first(good.stream().map(v -> StoredLines.line(v, PUBLISHED)).toArray(String[]::new));
    String bad = StoredLines.line("1.1.0", SECOND);
    IndexMerge begun =
        merged(
            held,
            SECOND,
            yanked("1.0.0"),
            yanked("1.0.1"),
            StoredLines.line("1.0.2", PUBLISHED),
            StoredLines.line("1.0.3", PUBLISHED),
            StoredLines.line("1.0.4", PUBLISHED),
            bad);
    Instant later = SECOND.plus(HOUR);
    IndexMerge grown =
        merged(
            begun.crate(),
            later,
            yanked("1.0.0"),
            yanked("1.0.1"),
            yanked("1.0.2"),
            StoredLines.line("1.0.3", PUBLISHED),
            StoredLines.line("1.0.4", PUBLISHED),
            bad,
            StoredLines.line("1.1.1", later));
    Instant month = SECOND.plus(Duration.ofDays(30));
    IndexMerge second =
        merged(
            grown.crate(),
            month,
            yanked("1.0.0"),
            yanked("1.0.1"),
            yanked("1.0.2"),
            yanked("1.0.3"),
            yanked("1.0.4"),
            bad,
            StoredLines.line("1.1.1", later),
            StoredLines.line("1.1.2", month));

    assertThat(waves(begun)).extracting(Notice::version).containsExactly("1.1.0");
    assertThat(waves(grown)).isEmpty();
    assertThat(waves(second)).extracting(Notice::version).containsExactly("1.1.2");
  }

  @Test
  void oneAnswerWithoutAVersionWithdrawsNothing() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));

    IndexMerge merge = without100(held, SECOND);
    IndexMerge again = without100(merge.crate(), SECOND.plus(HOUR).minusSeconds(1));

    assertThat(line(merge, 0).removedSince()).isNull();
    assertThat(line(merge, 0).missingSince()).isEqualTo(SECOND);
    assertThat(merge.incomplete()).isTrue();
    assertThat(kinds(merge)).containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED);
    assertThat(again.notices()).isEmpty();
    assertThat(again.crate()).isEqualTo(merge.crate());
  }

  @Test
  void aSecondAnswerAfterTheDelayWithdrawsItWithOneAlarm() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    Instant third = SECOND.plus(HOUR);

    IndexMerge merge = without100(without100(held, SECOND).crate(), third);
    IndexMerge again = without100(merge.crate(), third.plus(HOUR));

    assertThat(line(merge, 0).removedSince()).isEqualTo(third);
    assertThat(line(merge, 0).missingSince()).isNull();
    assertThat(merge.incomplete()).isFalse();
    assertThat(kinds(merge)).containsExactly(Notice.Kind.GONE_UPSTREAM);
    assertThat(merge.notices().getFirst().version()).isEqualTo("1.0.0");
    assertThat(again.notices()).isEmpty();
    assertThat(again.crate()).isEqualTo(merge.crate());
  }

  @Test
  void aVersionThatReturnsIsAsItWas() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    IndexMerge merge = without100(held, SECOND);

    IndexMerge back =
        IndexMerge.of(
            merge.crate(),
            SECOND,
            StoredLines.file(
                StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED)),
            CONFIRM,
            SECOND.plusSeconds(600));

    assertThat(back.crate()).isEqualTo(held);
    assertThat(kinds(back)).containsExactly(Notice.Kind.RETURNED_UPSTREAM);
  }

  @Test
  void aSuspicionFromAClockThatWasAheadBeginsAgain() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    IndexMerge ahead = without100(held, SECOND.plus(Duration.ofDays(3_650)));

    IndexMerge merge = without100(ahead.crate(), SECOND);

    assertThat(line(merge, 0).missingSince()).isEqualTo(SECOND);
    assertThat(merge.notices()).isEmpty();
  }

  @Test
  void aDamagedLineIsNotARemoval() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    String damaged = StoredLines.line("1.0.0", PUBLISHED).replace("\"cksum\":\"", "\"cksum\":\"zz");

    IndexMerge merge =
        IndexMerge.of(
            held,
            FIRST,
            StoredLines.file(damaged, StoredLines.line("1.0.1", PUBLISHED)),
            CONFIRM,
            SECOND);

    assertThat(merge.crate().lines()).isEqualTo(held.lines());
    assertThat(merge.incomplete()).isFalse();
    assertThat(kinds(merge)).containsExactly(Notice.Kind.LINE_OMITTED);
  }

  @Test
  void aFileWithAnIllegibleLineConfirmsNoRemoval() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    IndexFile illegible = StoredLines.file(StoredLines.line("1.0.1", PUBLISHED), "\u0001\u0002");

    IndexMerge merge =
        IndexMerge.of(
            IndexMerge.of(held, FIRST, illegible, CONFIRM, SECOND).crate(),
            SECOND,
            illegible,
            CONFIRM,
            SECOND.plus(HOUR));

    assertThat(line(merge, 0).removedSince()).isNull();
    assertThat(merge.incomplete()).isTrue();
  }

  @Test
  void nothingIsMarkedWhileUpstreamIsNotBelieved() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));
    IndexFile fresh = StoredLines.file(StoredLines.line("1.0.1", PUBLISHED));

    IndexMerge merge =
        IndexMerge.of(
            without100(held, SECOND).crate(), SECOND, fresh, new RemovalRule.Ignore(), SECOND);

    assertThat(merge.crate()).isEqualTo(held);
    assertThat(merge.incomplete()).isTrue();
    assertThat(merge.notices()).isEmpty();
  }

  private static IndexMerge without100(StoredCrate held, Instant now) {
    return IndexMerge.of(
        held, FIRST, StoredLines.file(StoredLines.line("1.0.1", PUBLISHED)), CONFIRM, now);
  }

  @Test
  void neverOverwritesAChecksum() {
    StoredCrate held = first(StoredLines.line("1.0.0", PUBLISHED));
    Sha256 other = StoredLines.cksum("something else");

    IndexMerge merge =
        IndexMerge.of(
            held,
            FIRST,
            StoredLines.file(StoredLines.line("1.0.0", other, false, PUBLISHED)),
            CONFIRM,
            SECOND);

    assertThat(line(merge, 0).entry().cksum()).isEqualTo(StoredLines.cksum("1.0.0"));
    assertThat(line(merge, 0).changedCksum()).isEqualTo(other);
    assertThat(kinds(merge)).containsExactly(Notice.Kind.CKSUM_CHANGED);
  }

  @Test
  void forgetsAChangeThatUpstreamTookBack() {
    StoredCrate held = first(StoredLines.line("1.0.0", PUBLISHED));
    Sha256 other = StoredLines.cksum("something else");
    StoredCrate changed =
        IndexMerge.of(
                held,
                FIRST,
                StoredLines.file(StoredLines.line("1.0.0", other, false, PUBLISHED)),
                CONFIRM,
                SECOND)
            .crate();

    IndexMerge back =
        IndexMerge.of(
            changed,
            SECOND,
            StoredLines.file(StoredLines.line("1.0.0", PUBLISHED)),
            CONFIRM,
            SECOND);

    assertThat(back.crate()).isEqualTo(held);
    assertThat(kinds(back)).containsExactly(Notice.Kind.RETURNED_UPSTREAM);
  }

  @Test
  void keepsTheLineFromBeforeAYank() {
    StoredCrate held = first(StoredLines.line("1.0.0", PUBLISHED));
    String yanked = StoredLines.line("1.0.0", StoredLines.cksum("1.0.0"), true, PUBLISHED);

    IndexMerge merge = IndexMerge.of(held, FIRST, StoredLines.file(yanked), CONFIRM, SECOND);
    IndexMerge back =
        IndexMerge.of(
            merge.crate(),
            SECOND,
            StoredLines.file(StoredLines.line("1.0.0", PUBLISHED)),
            CONFIRM,
            SECOND);

    assertThat(line(merge, 0).entry().yanked()).isTrue();
    assertThat(line(merge, 0).yankedSince()).isEqualTo(SECOND);
    assertThat(line(merge, 0).lineBeforeYank()).isEqualTo(held.lines().getFirst().entry().raw());
    assertThat(kinds(merge)).containsExactly(Notice.Kind.YANKED_UPSTREAM);
    assertThat(back.crate()).isEqualTo(held);
    assertThat(kinds(back)).containsExactly(Notice.Kind.UNYANKED_UPSTREAM);
  }

  @Test
  void raisesOneAlarmForALeftOutLineHoweverOftenItComes() {
    String bad = StoredLines.line("1.0.1", PUBLISHED).replace("\"alpha\"", "\"beta\"");
    String good = StoredLines.line("1.0.0", PUBLISHED);

    IndexMerge merge = IndexMerge.of(NOTHING, null, StoredLines.file(good, bad), CONFIRM, FIRST);
    IndexMerge again =
        IndexMerge.of(merge.crate(), FIRST, StoredLines.file(good, bad), CONFIRM, SECOND);

    assertThat(kinds(merge)).containsExactly(Notice.Kind.LINE_OMITTED);
    assertThat(again.notices()).isEmpty();
  }

  @Test
  void writesOneNoticeWhenTheWholeCrateIsGone() {
    StoredCrate held =
        first(StoredLines.line("1.0.0", PUBLISHED), StoredLines.line("1.0.1", PUBLISHED));

    IndexMerge suspected = IndexMerge.absent(held, CONFIRM, SECOND);
    IndexMerge merge = IndexMerge.absent(suspected.crate(), CONFIRM, SECOND.plus(HOUR));

    assertThat(suspected.crate().lines()).extracting(StoredLine::missingSince).containsOnly(SECOND);
    assertThat(kinds(suspected)).containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED);
    assertThat(suspected.notices().getFirst().detail()).startsWith("all 2 versions: ");
    assertThat(merge.crate().lines())
        .extracting(StoredLine::removedSince)
        .containsOnly(SECOND.plus(HOUR));
    assertThat(kinds(merge)).containsExactly(Notice.Kind.GONE_UPSTREAM);
  }

  @Test
  void withdrawsAtOnceWhatAPersonConfirmed() {
    StoredCrate held = first(StoredLines.line("1.0.0", PUBLISHED));

    IndexMerge merge = IndexMerge.absent(held, new RemovalRule.Withdraw(), SECOND);

    assertThat(line(merge, 0).removedSince()).isEqualTo(SECOND);
  }

  private static StoredCrate first(String... lines) {
    return IndexMerge.of(NOTHING, null, StoredLines.file(lines), CONFIRM, FIRST).crate();
  }

  private static StoredLine line(IndexMerge merge, int index) {
    return merge.crate().lines().get(index);
  }

  private static List<Notice.Kind> kinds(IndexMerge merge) {
    return merge.notices().stream().map(Notice::kind).toList();
  }
}
