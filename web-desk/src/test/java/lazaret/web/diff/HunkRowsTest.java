package lazaret.web.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffPartInfo;
import lazaret.web.FixedDesk;
import lazaret.web.page.PageTime;
import org.junit.jupiter.api.Test;

class HunkRowsTest {
  private static final ReviewFile FILE = new ReviewFile(0, "build-rs", DiffSamples.buildScript());

  private static List<RowView> rows(boolean split, DiffLineInfo... lines) {
    return new HunkRows(FILE, split, FindingTable.NONE, new PageTime(FixedDesk.NOW))
        .of(List.of(lines));
  }

  private static List<String> numbers(DiffLineInfo... lines) {
    return rows(true, lines).stream()
        .map(row -> (RowView.Pair) row)
        .map(pair -> pair.before().number() + "|" + pair.after().number())
        .toList();
  }

  private static DiffLineInfo added(int line, int paired) {
    return new DiffLineInfo.Added(line, paired, DiffSamples.text("new"), false);
  }

  @Test
  void placesSimilarLinesNextToEachOther() {
    assertThat(
            numbers(DiffSamples.removed(5, 0), DiffSamples.removed(6, 8), added(8, 6), added(9, 0)))
        .containsExactly("5|", "6|8", "|9");
  }

  @Test
  void placesUnrelatedLinesInOneRow() {
    assertThat(numbers(DiffSamples.removed(5, 0), added(8, 0), added(9, 0)))
        .containsExactly("5|8", "|9");
  }

  @Test
  void showsEachLineOnceIfPairsCross() {
    assertThat(
            numbers(DiffSamples.removed(5, 9), DiffSamples.removed(6, 8), added(8, 6), added(9, 5)))
        .containsExactly("5|", "6|8", "|9");
  }

  @Test
  void givesIdsToLinesOfTheReviewedVersionAlone() {
    assertThat(rows(false, DiffSamples.removed(5, 0), added(8, 0), DiffSamples.equal(6, 9, "x")))
        .extracting(row -> ((RowView.Line) row).id())
        .containsExactly(null, "build-rs-8", "build-rs-9");
  }

  @Test
  void describesAMovedBlockInOneRow() {
    assertThat(rows(true, new DiffLineInfo.Moved(1_060, 102, 38)))
        .containsExactly(
            new RowView.Moved("1060", "102", "moved from line 1,060 to 102, 38 lines, equal"));
  }

  @Test
  void marksWordsOfSimilarLinesAlone() {
    List<DiffPartInfo> parts =
        List.of(
            new DiffPartInfo.Text("let ", DiffPartInfo.Syntax.KEYWORD, false),
            new DiffPartInfo.Text("a", null, true),
            new DiffPartInfo.Hidden(
                DiffPartInfo.Hides.BIDIRECTIONAL, List.of("U+202E", "U+2066"), true),
            new DiffPartInfo.Cut(48_213, false));

    List<CodeRunView> runs = CodeRunView.of(parts, true, true);

    assertThat(runs).extracting(CodeRunView::changed).containsExactly(false, true, false, false);
    assertThat(runs.get(1).pieces())
        .extracting(piece -> piece.style() + ":" + piece.text())
        .containsExactly(":a", "point:U+202E", "point:U+2066");
    assertThat(runs.get(2).pieces().getFirst().text()).isEqualTo("48,213 bytes more in this line");
    assertThat(runs.get(3).pieces().getFirst().text()).isEqualTo("no line feed at the end");
    assertThat(CodeRunView.of(parts, false, false)).noneMatch(CodeRunView::changed);
  }
}
