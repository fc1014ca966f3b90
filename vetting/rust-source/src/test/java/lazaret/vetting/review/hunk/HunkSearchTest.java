package lazaret.vetting.review.hunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HunkSearchTest {
  private static List<String> found(List<String> before, List<String> after, String words) {
    HunkList list = HunkList.of(before, after, LineEdits.between(before, after));
    return new HunkSearch(list, before, after)
        .find(words, 100).stream()
            .map(
                line ->
                    "%d.%d %d/%d %s"
                        .formatted(
                            line.hunk(), line.row(), line.oldLine(), line.newLine(), line.text()))
            .toList();
  }

  private static List<String> lines(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
  }

  private static List<String> with(List<String> lines, int index, String text) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(index, text);
    return changed;
  }

  @Test
  void findsAddedRemovedAndEqualLinesOfHunks() {
    List<String> before = with(with(lines(40), 4, "let Secret = 1;"), 6, "// secret context");
    List<String> after = with(before, 4, "let secret = 2;");

    assertThat(found(before, after, "SECRET"))
        .containsExactly(
            "1.3 5/0 let Secret = 1;", "1.4 0/5 let secret = 2;", "1.6 7/7 // secret context");
  }

  @Test
  void findsNoLineOutsideOfHunks() {
    List<String> before = with(lines(40), 30, "far secret");

    assertThat(found(before, with(before, 4, "x"), "secret")).isEmpty();
  }

  @Test
  void countsRowsAcrossHunks() {
    List<String> before = lines(60);
    List<String> after = with(with(before, 10, "first"), 50, "second mark");

    assertThat(found(before, after, "mark")).containsExactly("2.12 0/51 second mark");
  }

  @Test
  void findsTheLinesOfAMovedBlockInItsRow() {
    List<String> before = new ArrayList<>();
    List<String> block =
        IntStream.range(0, 12).mapToObj(i -> "moved block %d".formatted(i)).toList();
    before.addAll(block);
    before.addAll(lines(30));
    List<String> after = new ArrayList<>(lines(30));
    after.addAll(block);

    List<String> found = found(before, after, "block 7");

    assertThat(found).singleElement().asString().endsWith("8/38 moved block 7");
  }

  @Test
  void endsAtTheLimit() {
    List<String> none = List.of();
    HunkList list = HunkList.of(none, lines(50), LineEdits.between(none, lines(50)));

    assertThat(new HunkSearch(list, none, lines(50)).find("line", 7)).hasSize(7);
  }
}
