package lazaret.vetting.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;

class IndexMergeTest {
  private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-02T00:00:00Z");
  private static final HeldCrate NOTHING =
      new HeldCrate(CrateName.parse("alpha"), List.of(), List.of());

  @Test
  void believesPublishTimesOfTheFirstFetch() {
    HeldCrate crate = first(Lines.line("1.0.0", PUBLISHED));

    assertThat(crate.lines().getFirst().ageFrom()).isEqualTo(PUBLISHED);
  }

  @Test
  void countsTheAgeOfALaterLineFromOurEarlierFetchWhenItsPublishTimeIsForged() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED));

    IndexMerge merge =
        IndexMerge.of(
            held,
            FIRST,
            Lines.file(Lines.line("1.0.0", PUBLISHED), Lines.line("1.0.1", PUBLISHED)),
            SECOND);

    assertThat(line(merge, 1).ageFrom()).isEqualTo(FIRST);
    assertThat(merge.notices()).isEmpty();
  }

  @Test
  void keepsAVersionThatIsGoneUpstreamAndRaisesOneAlarm() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED), Lines.line("1.0.1", PUBLISHED));

    IndexMerge merge =
        IndexMerge.of(held, FIRST, Lines.file(Lines.line("1.0.1", PUBLISHED)), SECOND);
    IndexMerge again =
        IndexMerge.of(merge.crate(), SECOND, Lines.file(Lines.line("1.0.1", PUBLISHED)), SECOND);

    assertThat(line(merge, 0).goneSince()).isEqualTo(SECOND);
    assertThat(kinds(merge)).containsExactly(Notice.Kind.GONE_UPSTREAM);
    assertThat(again.notices()).isEmpty();
    assertThat(again.crate()).isEqualTo(merge.crate());
  }

  @Test
  void neverOverwritesAChecksum() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED));
    Sha256 other = Lines.cksum("something else");

    IndexMerge merge =
        IndexMerge.of(
            held, FIRST, Lines.file(Lines.line("1.0.0", other, false, PUBLISHED)), SECOND);

    assertThat(line(merge, 0).entry().cksum()).isEqualTo(Lines.cksum("1.0.0"));
    assertThat(line(merge, 0).changedCksum()).isEqualTo(other);
    assertThat(kinds(merge)).containsExactly(Notice.Kind.CKSUM_CHANGED);
  }

  @Test
  void forgetsAChangeThatUpstreamTookBack() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED));
    Sha256 other = Lines.cksum("something else");
    HeldCrate changed =
        IndexMerge.of(held, FIRST, Lines.file(Lines.line("1.0.0", other, false, PUBLISHED)), SECOND)
            .crate();

    IndexMerge back =
        IndexMerge.of(changed, SECOND, Lines.file(Lines.line("1.0.0", PUBLISHED)), SECOND);

    assertThat(back.crate()).isEqualTo(held);
    assertThat(kinds(back)).containsExactly(Notice.Kind.RETURNED_UPSTREAM);
  }

  @Test
  void keepsTheLineFromBeforeAYank() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED));
    String yanked = Lines.line("1.0.0", Lines.cksum("1.0.0"), true, PUBLISHED);

    IndexMerge merge = IndexMerge.of(held, FIRST, Lines.file(yanked), SECOND);
    IndexMerge back =
        IndexMerge.of(merge.crate(), SECOND, Lines.file(Lines.line("1.0.0", PUBLISHED)), SECOND);

    assertThat(line(merge, 0).entry().yanked()).isTrue();
    assertThat(line(merge, 0).yankedSince()).isEqualTo(SECOND);
    assertThat(line(merge, 0).lineBeforeYank()).isEqualTo(held.lines().getFirst().entry().raw());
    assertThat(kinds(merge)).containsExactly(Notice.Kind.YANKED_UPSTREAM);
    assertThat(back.crate()).isEqualTo(held);
    assertThat(kinds(back)).containsExactly(Notice.Kind.UNYANKED_UPSTREAM);
  }

  @Test
  void raisesOneAlarmForALeftOutLineHoweverOftenItComes() {
    String bad = Lines.line("1.0.1", PUBLISHED).replace("\"alpha\"", "\"beta\"");
    String good = Lines.line("1.0.0", PUBLISHED);

    IndexMerge merge = IndexMerge.of(NOTHING, null, Lines.file(good, bad), FIRST);
    IndexMerge again = IndexMerge.of(merge.crate(), FIRST, Lines.file(good, bad), SECOND);

    assertThat(kinds(merge)).containsExactly(Notice.Kind.LINE_LEFT_OUT);
    assertThat(again.notices()).isEmpty();
  }

  @Test
  void marksEverythingWhenTheWholeCrateIsGone() {
    HeldCrate held = first(Lines.line("1.0.0", PUBLISHED), Lines.line("1.0.1", PUBLISHED));

    IndexMerge merge = IndexMerge.allGone(held, SECOND);

    assertThat(merge.crate().lines()).extracting(HeldLine::goneSince).containsOnly(SECOND);
    assertThat(merge.notices()).hasSize(2);
  }

  private static HeldCrate first(String... lines) {
    return IndexMerge.of(NOTHING, null, Lines.file(lines), FIRST).crate();
  }

  private static HeldLine line(IndexMerge merge, int index) {
    return merge.crate().lines().get(index);
  }

  private static List<Notice.Kind> kinds(IndexMerge merge) {
    return merge.notices().stream().map(Notice::kind).toList();
  }
}
