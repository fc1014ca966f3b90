package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.StoredLines;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.removal.RemovalRule;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that upstream changes under an unchanged SHA-256.
class ChangedLineCheckTest {
  private static final RemovalRule CONFIRM = new RemovalRule.Confirm(Duration.ofHours(1));
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-02T00:00:00Z");
  private static final String DEP =
      """
      {"name":"serde","req":"^1.0","features":["derive","std"],"optional":true,\
      "default_features":false,"target":"cfg(any(unix, windows))","kind":"normal"}\
      """;
  private static final String OTHER =
      """
      {"name":"io","package":"mini-io","req":">=1, <2","features":[],"optional":false,\
      "default_features":true,"target":null,"kind":"build"}\
      """;
  private static final String LINE =
      ("{\"name\":\"alpha\",\"vers\":\"1.0.0\",\"deps\":[" + DEP + "," + OTHER + "],\"cksum\":\"")
          + StoredLines.cksum("1.0.0").hex()
          + "\",\"features\":{\"a\":[\"b\",\"c\"],\"d\":[]},\"features2\":{\"e\":[\"dep:serde\"]},"
          + "\"yanked\":false,\"links\":\"z\",\"rust_version\":\"1.70\","
          + "\"pubtime\":\"2026-10-20T10:00:00Z\",\"v\":2}";

  /// Checks each edit, given as `text in the line→text of upstream in its place`.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"deps\":[→\"deps\":[{\"name\":\"qzevil\",\"req\":\"^1\",\"features\":[],\"optional\":false,\"default_features\":true,\"target\":null,\"kind\":\"normal\"},",
        "^1.0\"→^1.1\"",
        ">=1, <2→>=1",
        "[\"derive\",\"std\"]→[\"derive\",\"std\",\"rc\"]",
        "[\"derive\",\"std\"]→[\"derive\"]",
        "\"optional\":true→\"optional\":false",
        "\"default_features\":false→\"default_features\":true",
        "cfg(any(unix, windows))→cfg(unix)",
        "\"target\":null→\"target\":\"x86_64-pc-windows-msvc\"",
        "\"kind\":\"build\"→\"kind\":\"normal\"",
        "\"package\":\"mini-io\"→\"package\":\"qzevil\"",
        "\"name\":\"serde\"→\"name\":\"serde\",\"package\":\"qzevil\"",
        "\"name\":\"io\"→\"name\":\"oi\"",
        "[\"b\",\"c\"]→[\"b\",\"c\",\"d\"]",
        "\"d\":[]→\"default\":[\"a\"]",
        "[\"dep:serde\"]→[\"dep:serde\",\"serde/rc\"]",
        "\"links\":\"z\"→\"links\":\"y\"",
        "\"links\":\"z\",→",
        "\"v\":2→\"v\":3",
        "2026-10-20T10→2021-10-20T10",
        "\"pubtime\":\"2026-10-20T10:00:00Z\",→",
        "\"rust_version\":\"1.70\"→\"rust_version\":\"9.9\""
      })
  void aChangedLineIsNotTakenOver(String change) {
    String[] parts = change.split("→", 2);
    assertThat(LINE).contains(parts[0]);
    StoredCrate held = first(LINE);

    IndexMerge merge = merge(held, LINE.replace(parts[0], parts[1]), SECOND);
    IndexMerge again =
        merge(merge.crate(), LINE.replace(parts[0], parts[1]), SECOND.plusSeconds(9));

    assertThat(line(merge).entry()).isEqualTo(line(held).entry());
    assertThat(line(merge).ageFrom()).isEqualTo(line(held).ageFrom());
    assertThat(kinds(merge)).containsExactly(Notice.Kind.LINE_CHANGED);
    assertThat(again.notices()).isEmpty();
    assertThat(again.crate()).isEqualTo(merge.crate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"derive\",\"std\"]→[\"std\",\"derive\"]",
        "^1.0\"→1.0\"",
        ">=1, <2→ >= 1,<2",
        "cfg(any(unix, windows))→cfg(any(unix,windows,))",
        "\"target\":null,→",
        "\"target\":null→\"target\":null,\"new\":1",
        "\"kind\":\"normal\"→\"kind\":null",
        "[\"b\",\"c\"]→[\"c\",\"b\"]",
        "\"d\":[]},\"features2\":{→\"d\":[],",
        "\"v\":2→\"v\":1",
        "\"v\":2→\"v\":2,\"new_key\":{}"
      })
  void aLineThatSaysTheSameIsTakenOver(String change) {
    String[] parts = change.split("→", 2);
    assertThat(LINE).contains(parts[0]);
    String fresh = LINE.replace(parts[0], parts[1]);

    IndexMerge merge = merge(first(LINE), fresh, SECOND);

    assertThat(merge.notices()).isEmpty();
    assertThat(line(merge).entry().raw().text()).isEqualTo(fresh);
  }

  @Test
  void dependenciesInAnotherOrderAreTheSame() {
    String fresh = LINE.replace(DEP + "," + OTHER, OTHER + "," + DEP);

    IndexMerge merge = merge(first(LINE), fresh, SECOND);

    assertThat(fresh).isNotEqualTo(LINE);
    assertThat(merge.notices()).isEmpty();
    assertThat(line(merge).entry().raw().text()).isEqualTo(fresh);
  }

  @Test
  void fieldsThatTheRegistryAddsLaterAreTakenOver() {
    String old =
        LINE.replace("\"pubtime\":\"2026-10-20T10:00:00Z\",", "")
            .replace("\"rust_version\":\"1.70\",", "")
            .replace("\"features2\":{\"e\":[\"dep:serde\"]},", "")
            .replace("\"d\":[]", "\"d\":[],\"e\":[\"dep:serde\"]");

    IndexMerge merge = merge(first(old), LINE, SECOND);

    assertThat(merge.notices()).isEmpty();
    assertThat(line(merge).entry().raw().text()).isEqualTo(LINE);
    assertThat(line(merge).entry().pubtime()).isEqualTo("2026-10-20T10:00:00Z");
  }

  @Test
  void aYankOfAChangedLineCountsAndTheHeldLineStays() {
    StoredCrate held = first(LINE);
    String changed = LINE.replace("^1.0\"", "^1.1\"");

    IndexMerge yanked = merge(held, changed.replace("\"yanked\":false", "\"yanked\":true"), SECOND);
    IndexMerge back = merge(yanked.crate(), changed, SECOND);

    assertThat(line(yanked).entry().raw().text())
        .isEqualTo(LINE.replace("\"yanked\":false", "\"yanked\":true"));
    assertThat(line(yanked).entry().yanked()).isTrue();
    assertThat(kinds(yanked))
        .containsExactly(Notice.Kind.YANKED_UPSTREAM, Notice.Kind.LINE_CHANGED);
    assertThat(line(back).entry()).isEqualTo(line(held).entry());
    assertThat(kinds(back)).containsExactly(Notice.Kind.UNYANKED_UPSTREAM);
  }

  @Test
  void anotherChangeIsAnotherNoticeAndAReturnEndsIt() {
    StoredCrate held = first(LINE);
    IndexMerge one = merge(held, LINE.replace("^1.0\"", "^1.1\""), SECOND);

    IndexMerge two = merge(one.crate(), LINE.replace("^1.0\"", "^1.2\""), SECOND.plusSeconds(9));
    IndexMerge back = merge(two.crate(), LINE, SECOND.plusSeconds(10));

    assertThat(kinds(two)).containsExactly(Notice.Kind.LINE_CHANGED);
    assertThat(line(two).refused()).extracting(RefusedLine::since).isEqualTo(SECOND);
    assertThat(kinds(back)).containsExactly(Notice.Kind.RETURNED_UPSTREAM);
    assertThat(back.crate()).isEqualTo(held);
  }

  private static StoredCrate first(String line) {
    StoredCrate nothing = new StoredCrate(CrateName.parse("alpha"), List.of(), List.of());
    return IndexMerge.of(nothing, null, StoredLines.file(line), CONFIRM, FIRST).crate();
  }

  private static IndexMerge merge(StoredCrate held, String line, Instant now) {
    return IndexMerge.of(held, FIRST, StoredLines.file(line), CONFIRM, now);
  }

  private static StoredLine line(StoredCrate crate) {
    return crate.lines().getFirst();
  }

  private static StoredLine line(IndexMerge merge) {
    return line(merge.crate());
  }

  private static List<Notice.Kind> kinds(IndexMerge merge) {
    return merge.notices().stream().map(Notice::kind).toList();
  }
}
